package main

import (
	"context"
	"enboarder"
	"fmt"
	"os"

	"golang.org/x/oauth2"
)

func main() {
	configuration := enboarder.NewConfiguration()
	configuration.Servers = enboarder.ServerConfigurations{{URL: os.Getenv("BASE_URL")}}
	workflows := enboarder.NewAPIClient(configuration).WorkflowsAPI
	body := *enboarder.NewBasicLaunch("Alex Example", "Morgan Example", "2027-01-12")
	body.SetNheml("alex@example.com")
	body.SetMgreml("morgan@example.com")
	body.SetExternalid("ENB-1")

	key := func(scheme, value string) context.Context {
		keys := map[string]enboarder.APIKey{scheme: {Key: value}}
		return context.WithValue(context.Background(), enboarder.ContextAPIKeys, keys)
	}
	token := os.Getenv("TOKEN")

	launched, _, err := workflows.LaunchBasicWorkflow(key("apiKey", os.Getenv("API_KEY"))).BasicLaunch(body).Execute()
	tell("apiKey", launched, err)

	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
	bearer := context.WithValue(context.Background(), enboarder.ContextOAuth2, source)
	launched, _, err = workflows.LaunchBasicWorkflowWithToken(bearer).BasicLaunch(body).Execute()
	tell("bearer", launched, err)

	launched, _, err = workflows.LaunchBasicWorkflowWithToken(key("accessToken", token)).BasicLaunch(body).Execute()
	tell("bare", launched, err)

	change := *enboarder.NewWorkflowUpdate("ENB-1")
	change.SetNhnm("Alex Renamed")
	_, _, err = workflows.UpdateWorkflow(key("apiKey", os.Getenv("API_KEY"))).WorkflowUpdate(change).Execute()
	if err == nil {
		fmt.Println("update ok")
	}

	_, response, err := workflows.LaunchBasicWorkflow(key("apiKey", os.Getenv("WRONG_KEY"))).BasicLaunch(body).Execute()
	if err != nil && response != nil {
		fmt.Println("refused", response.StatusCode)
	}
}

func tell(name string, launched *enboarder.LaunchResult, err error) {
	if err != nil {
		fmt.Println(name, err)
		return
	}
	fmt.Println(name, launched.GetMessage())
}
