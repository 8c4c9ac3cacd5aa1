"""Build, check and try what would be published. Nothing is uploaded."""

from __future__ import annotations

from scripts.publish import release


def main() -> int:
    """Run every check, and fail when one finds a problem."""
    failed = 0
    for check in release.CHECKS:
        verdict = check()
        word = "FAILED" if verdict.problems else "ok"
        note = f" ({verdict.note})" if verdict.note else ""
        print(f"{word:>6}  {verdict.name}{note}", flush=True)
        for problem in verdict.problems:
            print(f"        {problem}", flush=True)
        if verdict.problems:
            failed += 1
    built = sorted(path.name for path in release.DIST.glob("*"))
    print(f"{', '.join(built) or 'nothing'} in dist/; nothing was uploaded")
    if failed:
        print(f"{failed} checks failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
