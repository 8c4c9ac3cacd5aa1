package main

import (
	"client"
	"context"
	"errors"
	"fmt"
	"os"
)

func main() {
	text := func(value string) *string { return &value }
	body := client.BasicLaunch{
		Nhnm: "Alex Example", Nheml: text("alex@example.com"),
		Mgrnm: "Morgan Example", Mgreml: text("morgan@example.com"), Nhstdt: "2027-01-12",
		Externalid: text("ENB-1"),
	}
	env := func(name string) func() string { return func() string { return os.Getenv(name) } }
	with := func(auth client.Auth) *client.Client {
		return client.New(client.Config{ServerURL: os.Getenv("BASE_URL"), Auth: auth})
	}
	key := func(scheme, variable string) client.Auth {
		return client.Auth{APIKey: map[string]func() string{scheme: env(variable)}}
	}

	launched, err := with(key("apiKey", "API_KEY")).LaunchBasicWorkflow(context.Background(), body)
	tell("apiKey", launched, err)
	launched, err = with(client.Auth{Bearer: env("TOKEN")}).LaunchBasicWorkflowWithToken(context.Background(), body)
	tell("bearer", launched, err)
	launched, err = with(key("accessToken", "TOKEN")).LaunchBasicWorkflowWithToken(context.Background(), body)
	tell("bare", launched, err)
	change := client.WorkflowUpdate{Externalid: "ENB-1", Nhnm: text("Alex Renamed")}
	_, err = with(key("apiKey", "API_KEY")).UpdateWorkflow(context.Background(), change)
	if err == nil {
		fmt.Println("update ok")
	}
	_, err = with(key("apiKey", "WRONG_KEY")).LaunchBasicWorkflow(context.Background(), body)
	var refused *client.APIError
	if errors.As(err, &refused) {
		fmt.Println("refused", refused.Status)
	}
}

func tell(name string, launched client.LaunchResult, err error) {
	if err != nil {
		fmt.Println(name, err)
		return
	}
	fmt.Println(name, *launched.Message)
}
