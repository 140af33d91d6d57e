package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	sdk "github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

func TestTheSDKDescribesWhatItLists(t *testing.T) {
	c, client := site(t)
	api, id, ctx := client("right"), aws.String(c.State().Instance.ID), t.Context()
	check := func(what string, ok bool, err error) {
		t.Helper()
		if err != nil || !ok {
			t.Errorf("%s: %t, %v", what, ok, err)
		}
	}
	attribute, err := api.DescribeInstanceAttribute(ctx, &sdk.DescribeInstanceAttributeInput{InstanceId: id,
		AttributeType: types.InstanceAttributeTypeInboundCalls})
	check("attribute", err == nil && aws.ToString(attribute.Attribute.Value) == "true", err)
	attributes, err := api.ListInstanceAttributes(ctx, &sdk.ListInstanceAttributesInput{InstanceId: id, MaxResults: aws.Int32(2)})
	check("attributes", err == nil && len(attributes.Attributes) == 2 && attributes.NextToken != nil, err)
	users, err := api.ListUsers(ctx, &sdk.ListUsersInput{InstanceId: id})
	check("users", err == nil && len(users.UserSummaryList) == 1, err)
	user, err := api.DescribeUser(ctx, &sdk.DescribeUserInput{InstanceId: id, UserId: users.UserSummaryList[0].Arn})
	check("user by ARN", err == nil && aws.ToString(user.User.IdentityInfo.LastName) == "Okafor" &&
		user.User.PhoneConfig.PhoneType == types.PhoneTypeSoftPhone, err)
	profile, err := api.DescribeSecurityProfile(ctx, &sdk.DescribeSecurityProfileInput{InstanceId: id,
		SecurityProfileId: &user.User.SecurityProfileIds[0]})
	check("the user's security profile", err == nil && aws.ToString(profile.SecurityProfile.SecurityProfileName) == "Agent", err)
	profiles, err := api.ListSecurityProfiles(ctx, &sdk.ListSecurityProfilesInput{InstanceId: id})
	check("security profiles", err == nil && len(profiles.SecurityProfileSummaryList) == 4, err)
	routing, err := api.DescribeRoutingProfile(ctx, &sdk.DescribeRoutingProfileInput{InstanceId: id,
		RoutingProfileId: user.User.RoutingProfileId})
	check("the user's routing profile", err == nil && routing.RoutingProfile.MediaConcurrencies[0].Channel == types.ChannelVoice, err)
	ofProfile, err := api.ListRoutingProfileQueues(ctx, &sdk.ListRoutingProfileQueuesInput{InstanceId: id,
		RoutingProfileId: user.User.RoutingProfileId})
	check("its queues", err == nil && aws.ToString(ofProfile.RoutingProfileQueueConfigSummaryList[0].QueueName) == "BasicQueue", err)
	routings, err := api.ListRoutingProfiles(ctx, &sdk.ListRoutingProfilesInput{InstanceId: id})
	check("routing profiles", err == nil && *routings.RoutingProfileSummaryList[0].Id == *user.User.RoutingProfileId, err)
	queue, err := api.DescribeQueue(ctx, &sdk.DescribeQueueInput{InstanceId: id, QueueId: routing.RoutingProfile.DefaultOutboundQueueId})
	check("the default queue", err == nil && queue.Queue.Status == types.QueueStatusEnabled, err)
	queues, err := api.ListQueues(ctx, &sdk.ListQueuesInput{InstanceId: id, QueueTypes: []types.QueueType{types.QueueTypeAgent}})
	check("agents' queues", err == nil && len(queues.QueueSummaryList) == 1 &&
		queues.QueueSummaryList[0].QueueType == types.QueueTypeAgent, err)
	hours, err := api.DescribeHoursOfOperation(ctx, &sdk.DescribeHoursOfOperationInput{InstanceId: id,
		HoursOfOperationId: queue.Queue.HoursOfOperationId})
	check("the queue's hours", err == nil && len(hours.HoursOfOperation.Config) == 7, err)
	allHours, err := api.ListHoursOfOperations(ctx, &sdk.ListHoursOfOperationsInput{InstanceId: id})
	check("hours", err == nil && len(allHours.HoursOfOperationSummaryList) == 1, err)
	number, err := api.DescribePhoneNumber(ctx,
		&sdk.DescribePhoneNumberInput{PhoneNumberId: queue.Queue.OutboundCallerConfig.OutboundCallerIdNumberId})
	check("the queue's number", err == nil &&
		number.ClaimedPhoneNumberSummary.PhoneNumberStatus.Status == types.PhoneNumberWorkflowStatusClaimed, err)
	numbers, err := api.ListPhoneNumbersV2(ctx, &sdk.ListPhoneNumbersV2Input{InstanceId: id,
		PhoneNumberCountryCodes: []types.PhoneNumberCountryCode{"US"}, MaxResults: aws.Int32(5)})
	check("numbers", err == nil && len(numbers.ListPhoneNumbersSummaryList) == 1, err)
	none, err := api.ListPhoneNumbersV2(ctx, &sdk.ListPhoneNumbersV2Input{InstanceId: id, PhoneNumberPrefix: aws.String("+46")})
	check("numbers of Sweden", err == nil && len(none.ListPhoneNumbersSummaryList) == 0, err)
	old, err := api.ListPhoneNumbers(ctx, &sdk.ListPhoneNumbersInput{InstanceId: id})
	check("numbers, the old way", err == nil && len(old.PhoneNumberSummaryList) == 1, err)
	statuses, err := api.ListAgentStatuses(ctx, &sdk.ListAgentStatusesInput{InstanceId: id})
	check("statuses", err == nil && len(statuses.AgentStatusSummaryList) == 4, err)
	status, err := api.DescribeAgentStatus(ctx, &sdk.DescribeAgentStatusInput{InstanceId: id,
		AgentStatusId: statuses.AgentStatusSummaryList[0].Id})
	check("status", err == nil && status.AgentStatus.Type == types.AgentStatusTypeRoutable &&
		status.AgentStatus.State == types.AgentStatusStateEnabled, err)
}

// send signs a request as a careless client would, and gives the error's name.
func send(t *testing.T, url string, change func(*http.Request), method, path, body, secret string, at time.Time) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	if err := signer.NewSigner().SignHTTP(context.Background(), aws.Credentials{AccessKeyID: "AKIASANDBOX",
		SecretAccessKey: secret}, req, hex.EncodeToString(sum[:]), "connect", "us-east-1", at); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(text, &f); err != nil || f.Type != res.Header.Get("X-Amzn-ErrorType") ||
		res.StatusCode >= 400 && f.Message == "" || res.Header.Get("X-Amzn-RequestId") == "" {
		t.Errorf("%s %s: %d %.200s", method, path, res.StatusCode, text)
	}
	return res.StatusCode, f.Type
}

func TestBadRequestsGetTheServicesErrors(t *testing.T) {
	c, _ := site(t)
	url, id := serve(t, c), c.State().Instance.ID
	now := time.Now()
	for _, tc := range []struct {
		name, method, path, body, secret string
		at                               time.Time
		change                           func(*http.Request)
		status                           int
		want                             string
	}{
		{"a good one", "GET", "/instance", "", "right", now, nil, 200, ""},
		{"a wrong secret", "GET", "/instance", "", "wrong", now, nil, 403, "InvalidSignatureException"},
		{"a clock that is slow", "GET", "/instance", "", "right", now.Add(-6 * time.Minute), nil, 403, "InvalidSignatureException"},
		{"a clock that is fast", "GET", "/instance", "", "right", now.Add(6 * time.Minute), nil, 403, "InvalidSignatureException"},
		{"a header that is not signed", "GET", "/instance", "", "right", now,
			func(r *http.Request) { r.Header.Set("X-Amz-Target", "x") }, 403, "InvalidSignatureException"},
		{"a query that is not signed", "GET", "/instance", "", "right", now,
			func(r *http.Request) { r.URL.RawQuery = "maxResults=1" }, 403, "InvalidSignatureException"},
		{"no signature", "GET", "/instance", "", "right", now, func(r *http.Request) { r.Header.Del("Authorization") }, 403,
			"MissingAuthenticationTokenException"},
		{"a signature that is none", "GET", "/instance", "", "right", now,
			func(r *http.Request) { r.Header.Set("Authorization", "AWS4-HMAC-SHA256 x") }, 403, "UnrecognizedClientException"},
		{"an operation that is not there", "PUT", "/contact/chat", "{}", "right", now, nil, 404, "ResourceNotFoundException"},
		{"a call to nowhere", "PUT", "/contact/outbound-voice", `{"InstanceId":"` + id +
			`","DestinationPhoneNumber":"x","QueueId":"y"}`, "right", now, nil, 400, "InvalidParameterException"},
		{"a path of nothing", "GET", "/nothing/at/all", "", "right", now, nil, 404, "ResourceNotFoundException"},
		{"a path that a mux would redirect", "GET", "/instance//x/../y", "", "right", now, nil, 404, "ResourceNotFoundException"},
		{"a user who is not there", "GET", "/users/" + id + "/x", "", "right", now, nil, 404, "ResourceNotFoundException"},
		{"broken JSON", "PUT", "/instance/" + id + "/approved-origin", `{"Origin":`, "right", now, nil, 400, "InvalidRequestException"},
		{"JSON of another shape", "PUT", "/instance/" + id + "/approved-origin", `{"Origin":[]}`, "right", now, nil, 400,
			"InvalidRequestException"},
		{"a megabyte of junk", "PUT", "/instance/" + id + "/approved-origin", strings.Repeat("x", 1<<20), "right", now, nil,
			400, "InvalidRequestException"},
		{"more than a megabyte", "PUT", "/instance/" + id + "/approved-origin", strings.Repeat("x", 1<<20+1), "right", now,
			nil, 400, "InvalidRequestException"},
		{"an origin that breaks the policy", "PUT", "/instance/" + id + "/approved-origin",
			`{"Origin":"https://x.example; script-src *"}`, "right", now, nil, 400, "InvalidParameterException"},
		{"an origin with a wildcard", "PUT", "/instance/" + id + "/approved-origin", `{"Origin":"https://*"}`, "right", now,
			nil, 400, "InvalidParameterException"},
		{"an origin that was not approved", "DELETE", "/instance/" + id + "/approved-origin?origin=https%3A%2F%2Fx.example",
			"", "right", now, nil, 404, "ResourceNotFoundException"},
		{"no origin", "DELETE", "/instance/" + id + "/approved-origin", "", "right", now, nil, 400, "InvalidRequestException"},
		{"too large a page", "GET", "/users-summary/" + id + "?maxResults=1001", "", "right", now, nil, 400, "InvalidParameterException"},
		{"too large a page of instances", "GET", "/instance?maxResults=11", "", "right", now, nil, 400, "InvalidParameterException"},
		{"an attribute that is not there", "GET", "/instance/" + id + "/attribute/X", "", "right", now, nil, 400, "InvalidParameterException"},
		{"a status neither on nor off", "PUT", "/agent-status/" + id, `{"Name":"Training"}`, "right", now, nil, 400, "InvalidParameterException"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			status, name := send(t, url, tc.change, tc.method, tc.path, tc.body, tc.secret, tc.at)
			if status != tc.status || name != tc.want {
				t.Errorf("%d %s, want %d %s", status, name, tc.status, tc.want)
			}
		})
	}
	res, err := http.Get(url + "/page")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusTeapot {
		t.Errorf("a page is answered with %d", res.StatusCode)
	}
}

func TestThereAreAsManyOriginsAsThereMayBe(t *testing.T) {
	c, _ := site(t)
	url, id := serve(t, c), c.State().Instance.ID
	for i := range 51 {
		status, name := send(t, url, nil, "PUT", "/instance/"+id+"/approved-origin",
			`{"Origin":"https://x`+strings.Repeat("y", i)+`.example"}`, "right", time.Now())
		if i < 50 && status != 200 || i == 50 && (status != http.StatusPaymentRequired || name != "ServiceQuotaExceededException") {
			t.Fatalf("origin %d: %d %s", i, status, name)
		}
	}
}
