package api

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
	"github.com/aws/smithy-go"
	"github.com/google/uuid"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

// public is the door with signatures.
func public(cfg Config) http.Handler {
	handler, _ := Handlers(cfg)
	return handler
}

func site(t *testing.T) (c *connect.Centre, client func(secret string) *sdk.Client) {
	t.Helper()
	instance := connect.Instance{
		ID:          uuid.NewString(),
		Alias:       "desk",
		Region:      "us-east-1",
		Account:     "123456789012",
		Number:      "+12065550100",
		Created:     time.Unix(1700000000, 0),
		AccessKeyID: "AKIASANDBOX",
		SecretKey:   "right",
	}
	c = connect.New(
		connect.Config{
			Clock: clock.System{},
			IDs:   uuid.NewString,
			Log:   slog.New(slog.DiscardHandler),
			State: connect.NewInstance(
				instance,
				[]connect.User{{Username: "amelia", FirstName: "Amelia", LastName: "Okafor"}},
				uuid.NewString,
				nil,
			),
		},
	)
	url := serve(t, c)
	return c, func(secret string) *sdk.Client {
		return sdk.New(sdk.Options{Region: "us-east-1", BaseEndpoint: aws.String(url),
			Credentials: credentials.NewStaticCredentialsProvider("AKIASANDBOX", secret, ""), RetryMaxAttempts: 1})
	}
}

// serve puts the API beside pages.
func serve(t *testing.T, c *connect.Centre) (url string) {
	t.Helper()
	pages := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	api := public(Config{
		Centre: c, Origin: "http://desk.example", Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Unlimited: true,
	})
	server := httptest.NewServer(Route(api, pages))
	t.Cleanup(server.Close)
	return server.URL
}

func TestTheSDKReadsAndChangesTheInstance(t *testing.T) {
	c, client := site(t)
	api := client("right")
	list, err := api.ListInstances(t.Context(), &sdk.ListInstancesInput{})
	if err != nil || len(list.InstanceSummaryList) != 1 || aws.ToString(list.InstanceSummaryList[0].InstanceAlias) != "desk" {
		t.Fatalf("%+v, %v", list, err)
	}
	arn := list.InstanceSummaryList[0].Arn
	described, err := api.DescribeInstance(t.Context(), &sdk.DescribeInstanceInput{InstanceId: arn})
	if err != nil || aws.ToString(described.Instance.InstanceAccessUrl) != "http://desk.example" {
		t.Errorf("by ARN: %+v, %v", described, err)
	}
	for _, origin := range []string{"http://localhost:8080", "https://x--c.vf.force.com"} {
		if _, err := api.AssociateApprovedOrigin(t.Context(), &sdk.AssociateApprovedOriginInput{InstanceId: arn, Origin: &origin}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = api.AssociateApprovedOrigin(t.Context(), &sdk.AssociateApprovedOriginInput{InstanceId: arn,
		Origin: aws.String("http://localhost:8080")})
	if _, conflict := errors.AsType[*types.ResourceConflictException](err); !conflict {
		t.Errorf("twice: %v", err)
	}
	_, err = api.AssociateApprovedOrigin(t.Context(), &sdk.AssociateApprovedOriginInput{InstanceId: arn,
		Origin: aws.String("https://x.example/path")})
	if _, invalid := errors.AsType[*types.InvalidParameterException](err); !invalid {
		t.Errorf("a path: %v", err)
	}
	var origins []string
	pages := sdk.NewListApprovedOriginsPaginator(api, &sdk.ListApprovedOriginsInput{InstanceId: arn, MaxResults: aws.Int32(1)})
	for pages.HasMorePages() {
		p, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		origins = append(origins, p.Origins...)
	}
	if !slices.Equal(origins, c.State().Origins) || len(origins) != 2 {
		t.Errorf("origins %v", origins)
	}
	if _, err := api.DisassociateApprovedOrigin(t.Context(), &sdk.DisassociateApprovedOriginInput{InstanceId: arn,
		Origin: &origins[0]}); err != nil || len(c.State().Origins) != 1 {
		t.Errorf("taken back: %v, %v", c.State().Origins, err)
	}
	made, err := api.CreateAgentStatus(t.Context(), &sdk.CreateAgentStatusInput{InstanceId: arn,
		Name: aws.String("Training"), State: types.AgentStatusStateEnabled})
	if err != nil || aws.ToString(made.AgentStatusId) == "" {
		t.Errorf("status %+v, %v", made, err)
	}
	statuses, err := api.ListAgentStatuses(t.Context(), &sdk.ListAgentStatusesInput{InstanceId: arn,
		AgentStatusTypes: []types.AgentStatusType{types.AgentStatusTypeCustom}})
	if err != nil || len(statuses.AgentStatusSummaryList) != 3 {
		t.Errorf("%d custom statuses, %v", len(statuses.AgentStatusSummaryList), err)
	}
}

func TestTheSDKIsRefused(t *testing.T) {
	_, client := site(t)
	for _, tc := range []struct{ name, secret, id, want string }{
		{"a wrong secret", "wrong", "x", "InvalidSignatureException"},
		{"another instance", "right", uuid.NewString(), "ResourceNotFoundException"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := client(tc.secret).DescribeInstance(t.Context(), &sdk.DescribeInstanceInput{InstanceId: &tc.id})
			if e, ok := errors.AsType[smithy.APIError](err); !ok || e.ErrorCode() != tc.want {
				t.Errorf("err = %v, want %s", err, tc.want)
			}
		})
	}
}

func FuzzReadSignature(f *testing.F) {
	f.Add("AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, Signature=00")
	f.Fuzz(func(t *testing.T, header string) {
		if s, ok := readSignature(header); ok && (s.key == "" || s.value == "") {
			t.Fatalf("%+v", s)
		}
	})
}
