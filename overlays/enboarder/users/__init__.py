"""Administrators: iterate over all, find one by name, create or replace one."""

from .resource import AsyncUsersResource, Upserted, UserFields, UsersResource

__all__ = ["AsyncUsersResource", "Upserted", "UserFields", "UsersResource"]
