package api

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/connect"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect/iam"
)

func TestEachRouteHasItsAction(t *testing.T) {
	routes := (&server{}).routes()
	for pattern := range routes {
		if actions[pattern] == "" {
			t.Errorf("%s has no action", pattern)
		}
	}
	for pattern := range actions {
		if routes[pattern] == nil {
			t.Errorf("%s is no route", pattern)
		}
	}
}

func TestThePolicyOfTheKeyIsHeeded(t *testing.T) {
	c, _ := site(t)
	id := aws.String(c.State().Instance.ID)
	under := func(statements string) *sdk.Client {
		p, err := iam.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + statements + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(public(Config{
			Centre: c, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Unlimited: true, Policy: &p,
		}))
		t.Cleanup(server.Close)
		return sdk.New(sdk.Options{
			Region: "us-east-1", BaseEndpoint: aws.String(server.URL), RetryMaxAttempts: 1,
			Credentials: credentials.NewStaticCredentialsProvider("AKIASANDBOX", "right", ""),
		})
	}
	list := func(api *sdk.Client) error {
		_, err := api.ListInstances(t.Context(), &sdk.ListInstancesInput{})
		return err
	}
	statuses := func(api *sdk.Client) error {
		_, err := api.ListAgentStatuses(t.Context(), &sdk.ListAgentStatusesInput{InstanceId: id})
		return err
	}
	numbers := func(api *sdk.Client) error {
		_, err := api.ListPhoneNumbersV2(t.Context(), &sdk.ListPhoneNumbersV2Input{InstanceId: id})
		return err
	}
	instance := c.State().Instance.ARN()
	const user = "AccessDeniedException: User: arn:aws:iam::123456789012:user/patchcord is not authorized to perform: "
	for _, tc := range []struct {
		name, statements string
		do               func(*sdk.Client) error
		want             string // "" is allowed
	}{
		{"everything", `{"Effect":"Allow","Action":"*","Resource":"*"}`, list, ""},
		{
			"listing instances needs the directory service too", `{"Effect":"Allow","Action":"connect:*","Resource":"*"}`,
			list, user + "ds:DescribeDirectories on resource: *",
		},
		{
			"no instance narrows the listing of instances",
			`{"Effect":"Allow","Action":["connect:*","ds:*"],"Resource":"` + instance + `"}`,
			list, user + "connect:ListInstances on resource: *",
		},
		{
			"agent statuses are below the instance",
			`{"Effect":"Allow","Action":"connect:ListAgentStatuses","Resource":"` + instance + `"}`,
			statuses, user + "connect:ListAgentStatuses on resource: " + instance + "/agent-state/*",
		},
		{
			"a wildcard reaches them",
			`{"Effect":"Allow","Action":"connect:ListAgentStatuses","Resource":"` + instance + `/*"}`, statuses, "",
		},
		{
			"a Deny is told as one", `{"Effect":"Allow","Action":"*","Resource":"*"},` +
				`{"Effect":"Deny","Action":"connect:List*","Resource":"*"}`,
			statuses, "/agent-state/* with an explicit deny",
		},
		{
			"numbers belong to the account",
			`{"Effect":"Allow","Action":"*","Resource":"arn:aws:connect:us-east-1:123456789012:phone-number/*"}`, numbers, "",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.do(under(tc.statements))
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
}
