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

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

// audio is nobody's.
type audio struct{}

func (audio) Connect(connect.ContactID)                                             {}
func (audio) Hold(connect.ContactID, connect.Party)                                 {}
func (audio) Dial(connect.ContactID, string, string)                                {}
func (audio) DialDeskPhone(connect.ContactID, connect.ConnectionID, string, string) {}
func (audio) DropAgent(connect.ContactID)                                           {}
func (audio) End(connect.ContactID)                                                 {}
func (audio) Digits(connect.ContactID, string)                                      {}

// account is a client with the instance's id, and a way to say that an answer must be good.
type account struct {
	*testing.T
	*sdk.Client
	centre *connect.Centre
	id     *string
}

func open(t *testing.T) account {
	t.Helper()
	c, client := site(t)
	c.SetMedia(audio{})
	return account{t, client("right"), c, aws.String(c.State().Instance.ID)}
}

func must[T any](a account) func(T, error) T {
	return func(out T, err error) T {
		a.Helper()
		if err != nil {
			a.Fatal(err)
		}
		return out
	}
}

func (a account) fails(want string, err error) {
	a.Helper()
	if e, ok := errors.AsType[smithy.APIError](err); !ok || e.ErrorCode() != want {
		a.Errorf("err = %v, want %s", err, want)
	}
}

func TestTheSDKKeepsUsers(t *testing.T) {
	a := open(t)
	ctx, st := t.Context(), a.centre.State()
	in := &sdk.CreateUserInput{
		InstanceId: a.id, Username: aws.String("nils"), Password: aws.String("Long-enough-1"),
		RoutingProfileId:   aws.String(string(st.RoutingProfiles[0].ID)),
		SecurityProfileIds: []string{st.Instance.SecurityProfileARN(st.Instance.DefaultSecurityProfile("Agent"))},
		IdentityInfo:       &types.UserIdentityInfo{FirstName: aws.String("Nils"), LastName: aws.String("Berg")},
		PhoneConfig:        &types.UserPhoneConfig{PhoneType: types.PhoneTypeSoftPhone, AutoAccept: true, AfterContactWorkTimeLimit: 30},
		Tags:               map[string]string{"team": "north"},
	}
	made := must[*sdk.CreateUserOutput](a)(a.CreateUser(ctx, in))
	_, err := a.CreateUser(ctx, in)
	a.fails("DuplicateResourceException", err)
	in.Username, in.Password = aws.String("nora"), aws.String("weak")
	_, err = a.CreateUser(ctx, in)
	a.fails("InvalidParameterException", err)
	for _, err := range []error{
		second(a.UpdateUserIdentityInfo(ctx, &sdk.UpdateUserIdentityInfoInput{InstanceId: a.id, UserId: made.UserId,
			IdentityInfo: &types.UserIdentityInfo{FirstName: aws.String("Nils"), LastName: aws.String("Bergman"),
				Email: aws.String("nils@desk.example")}})),
		second(a.UpdateUserPhoneConfig(ctx, &sdk.UpdateUserPhoneConfigInput{InstanceId: a.id, UserId: made.UserId,
			PhoneConfig: &types.UserPhoneConfig{PhoneType: types.PhoneTypeDeskPhone, DeskPhoneNumber: aws.String("+12065550142")}})),
		second(a.UpdateUserSecurityProfiles(ctx, &sdk.UpdateUserSecurityProfilesInput{
			InstanceId: a.id, UserId: made.UserId,
			SecurityProfileIds: []string{string(st.Instance.DefaultSecurityProfile("CallCenterManager"))},
		})),
		second(a.PutUserStatus(ctx, &sdk.PutUserStatusInput{InstanceId: a.id, UserId: made.UserId,
			AgentStatusId: aws.String(string(st.Statuses[2].ID))})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	described := must[*sdk.DescribeUserOutput](a)
	user := described(a.DescribeUser(ctx, &sdk.DescribeUserInput{InstanceId: a.id, UserId: made.UserArn})).User
	if *user.IdentityInfo.LastName != "Bergman" || *user.PhoneConfig.DeskPhoneNumber != "+12065550142" ||
		user.Tags["team"] != "north" ||
		user.SecurityProfileIds[0] != string(st.Instance.DefaultSecurityProfile("CallCenterManager")) {
		t.Errorf("%+v", user)
	}
	found := must[*sdk.SearchUsersOutput](a)(a.SearchUsers(ctx, &sdk.SearchUsersInput{InstanceId: a.id,
		SearchCriteria: &types.UserSearchCriteria{
			StringCondition: &types.StringCondition{FieldName: aws.String("Username"), Value: aws.String("NI"),
				ComparisonType: types.StringComparisonTypeStartsWith},
		}}))
	if len(found.Users) != 1 || *found.Users[0].Username != "nils" {
		t.Errorf("found %+v", found.Users)
	}
	now := must[*sdk.GetCurrentUserDataOutput](a)(a.GetCurrentUserData(ctx,
		&sdk.GetCurrentUserDataInput{InstanceId: a.id, Filters: &types.UserDataFilters{Agents: []string{*made.UserId}}}))
	if len(now.UserDataList) != 1 || *now.UserDataList[0].Status.StatusName != "Break" {
		t.Errorf("now %+v", now.UserDataList)
	}
	if _, err := a.DeleteUser(ctx, &sdk.DeleteUserInput{InstanceId: a.id, UserId: made.UserId}); err != nil {
		t.Error(err)
	}
	_, err = a.DescribeUser(ctx, &sdk.DescribeUserInput{InstanceId: a.id, UserId: made.UserId})
	a.fails("ResourceNotFoundException", err)
	_, err = a.GetFederationToken(ctx, &sdk.GetFederationTokenInput{InstanceId: a.id})
	a.fails("InvalidRequestException", err)
}

func second[T any](_ T, err error) error { return err }

func TestTheSDKKeepsQueuesAndTheirRouting(t *testing.T) {
	a := open(t)
	ctx := t.Context()
	hours := must[*sdk.CreateHoursOfOperationOutput](a)(a.CreateHoursOfOperation(ctx,
		&sdk.CreateHoursOfOperationInput{InstanceId: a.id, Name: aws.String("Weekdays"),
			TimeZone: aws.String("Europe/Berlin"), Config: []types.HoursOfOperationConfig{
				{Day: types.HoursOfOperationDaysMonday, StartTime: &types.HoursOfOperationTimeSlice{Hours: aws.Int32(9),
					Minutes: aws.Int32(30)}, EndTime: &types.HoursOfOperationTimeSlice{Hours: aws.Int32(17), Minutes: aws.Int32(0)}},
			}}))
	if h := must[*sdk.DescribeHoursOfOperationOutput](a)(a.DescribeHoursOfOperation(ctx,
		&sdk.DescribeHoursOfOperationInput{InstanceId: a.id,
			HoursOfOperationId: hours.HoursOfOperationId})); *h.HoursOfOperation.Config[0].StartTime.Minutes != 30 {
		t.Errorf("%+v", h.HoursOfOperation)
	}
	quick := must[*sdk.CreateQuickConnectOutput](a)(a.CreateQuickConnect(ctx,
		&sdk.CreateQuickConnectInput{InstanceId: a.id, Name: aws.String("Front desk"), QuickConnectConfig: &types.QuickConnectConfig{
			QuickConnectType: types.QuickConnectTypePhoneNumber,
			PhoneConfig:      &types.PhoneNumberQuickConnectConfig{PhoneNumber: aws.String("+12065550142")},
		}}))
	q := must[*sdk.CreateQueueOutput](a)(a.CreateQueue(ctx, &sdk.CreateQueueInput{InstanceId: a.id,
		Name: aws.String("VIP"), HoursOfOperationId: hours.HoursOfOperationId, MaxContacts: aws.Int32(3),
		QuickConnectIds: []string{*quick.QuickConnectId}}))
	listed := must[*sdk.ListQueueQuickConnectsOutput](a)(a.ListQueueQuickConnects(ctx,
		&sdk.ListQueueQuickConnectsInput{InstanceId: a.id, QueueId: q.QueueId}))
	if len(listed.QuickConnectSummaryList) != 1 || *listed.QuickConnectSummaryList[0].Name != "Front desk" {
		t.Errorf("%+v", listed.QuickConnectSummaryList)
	}
	profile := must[*sdk.CreateRoutingProfileOutput](a)(a.CreateRoutingProfile(ctx, &sdk.CreateRoutingProfileInput{
		InstanceId: a.id, Name: aws.String("VIP agents"), Description: aws.String("VIP first"),
		DefaultOutboundQueueId: q.QueueId, MediaConcurrencies: []types.MediaConcurrency{{Channel: types.ChannelVoice,
			Concurrency: aws.Int32(1)}},
		QueueConfigs: []types.RoutingProfileQueueConfig{{QueueReference: &types.RoutingProfileQueueReference{QueueId: q.QueueId,
			Channel: types.ChannelVoice}, Priority: aws.Int32(1), Delay: aws.Int32(5)}},
	}))
	if of := must[*sdk.ListRoutingProfileQueuesOutput](a)(a.ListRoutingProfileQueues(ctx,
		&sdk.ListRoutingProfileQueuesInput{InstanceId: a.id,
			RoutingProfileId: profile.RoutingProfileId})); of.RoutingProfileQueueConfigSummaryList[0].Delay != 5 {
		t.Errorf("%+v", of)
	}
	_, err := a.DeleteQueue(ctx, &sdk.DeleteQueueInput{InstanceId: a.id, QueueId: q.QueueId})
	a.fails("ResourceInUseException", err)
	if err := second(a.UpdateQueueStatus(ctx, &sdk.UpdateQueueStatusInput{InstanceId: a.id, QueueId: q.QueueId,
		Status: types.QueueStatusDisabled})); err != nil {
		t.Error(err)
	}
	if got := must[*sdk.DescribeQueueOutput](a)(a.DescribeQueue(ctx,
		&sdk.DescribeQueueInput{InstanceId: a.id, QueueId: q.QueueArn})).Queue; got.Status != types.QueueStatusDisabled || *got.MaxContacts != 3 {
		t.Errorf("%+v", got)
	}
	if err := second(a.TagResource(ctx, &sdk.TagResourceInput{ResourceArn: q.QueueArn,
		Tags: map[string]string{"a": "b", "c": "d"}})); err != nil {
		t.Error(err)
	}
	if err := second(a.UntagResource(ctx, &sdk.UntagResourceInput{ResourceArn: q.QueueArn, TagKeys: []string{"a"}})); err != nil {
		t.Error(err)
	}
	if tags := must[*sdk.ListTagsForResourceOutput](a)(a.ListTagsForResource(ctx,
		&sdk.ListTagsForResourceInput{ResourceArn: q.QueueArn})).Tags; len(tags) != 1 || tags["c"] != "d" {
		t.Errorf("tags %v", tags)
	}
	if keys := must[*sdk.ListSecurityKeysOutput](a)(a.ListSecurityKeys(ctx,
		&sdk.ListSecurityKeysInput{InstanceId: a.id})); len(keys.SecurityKeys) != 0 {
		t.Errorf("%+v", keys)
	}
}

func TestTheSDKKeepsNumbersAndFlows(t *testing.T) {
	a := open(t)
	ctx, st := t.Context(), a.centre.State()
	free := must[*sdk.SearchAvailablePhoneNumbersOutput](a)(a.SearchAvailablePhoneNumbers(ctx,
		&sdk.SearchAvailablePhoneNumbersInput{InstanceId: a.id, PhoneNumberCountryCode: "US", PhoneNumberType: types.PhoneNumberTypeTollFree}))
	claimed := must[*sdk.ClaimPhoneNumberOutput](a)(a.ClaimPhoneNumber(ctx,
		&sdk.ClaimPhoneNumberInput{InstanceId: a.id, PhoneNumber: free.AvailableNumbersList[0].PhoneNumber}))
	_, err := a.CreateContactFlow(ctx, &sdk.CreateContactFlowInput{InstanceId: a.id, Name: aws.String("Broken"),
		Type: types.ContactFlowTypeContactFlow, Content: aws.String(`{"Version":"2019-10-30","StartAction":"x","Actions":[]}`)})
	if broken, ok := errors.AsType[*types.InvalidContactFlowException](err); !ok || len(broken.Problems) < 2 {
		t.Errorf("a broken flow: %v", err)
	}
	flow := must[*sdk.CreateContactFlowOutput](a)(a.CreateContactFlow(ctx,
		&sdk.CreateContactFlowInput{InstanceId: a.id, Name: aws.String("Second"), Type: types.ContactFlowTypeContactFlow,
			Content: &st.Flows[0].Content, Status: types.ContactFlowStatusSaved}))
	_, err = a.DescribeContactFlow(ctx, &sdk.DescribeContactFlowInput{InstanceId: a.id, ContactFlowId: flow.ContactFlowId})
	a.fails("ContactFlowNotPublishedException", err)
	if err := second(a.UpdateContactFlowContent(ctx, &sdk.UpdateContactFlowContentInput{InstanceId: a.id,
		ContactFlowId: flow.ContactFlowId, Content: &st.Flows[0].Content})); err != nil {
		t.Fatal(err)
	}
	if err := second(a.AssociatePhoneNumberContactFlow(ctx, &sdk.AssociatePhoneNumberContactFlowInput{InstanceId: a.id,
		PhoneNumberId: claimed.PhoneNumberId, ContactFlowId: flow.ContactFlowId})); err != nil {
		t.Fatal(err)
	}
	of := must[*sdk.BatchGetFlowAssociationOutput](a)(a.BatchGetFlowAssociation(ctx,
		&sdk.BatchGetFlowAssociationInput{InstanceId: a.id, ResourceIds: []string{*claimed.PhoneNumberId}}))
	if len(of.FlowAssociationSummaryList) != 1 || *of.FlowAssociationSummaryList[0].FlowId != *flow.ContactFlowId {
		t.Errorf("%+v", of.FlowAssociationSummaryList)
	}
	_, err = a.DeleteContactFlow(ctx, &sdk.DeleteContactFlowInput{InstanceId: a.id, ContactFlowId: flow.ContactFlowId})
	if err == nil {
		t.Error("a flow of a number is deleted")
	}
	if a.centre.Arrived("+12065550142", *free.AvailableNumbersList[0].PhoneNumber) == "" {
		t.Error("nobody answers the new number")
	}
	if err := second(a.ReleasePhoneNumber(ctx, &sdk.ReleasePhoneNumberInput{PhoneNumberId: claimed.PhoneNumberId})); err != nil {
		t.Error(err)
	}
}

func TestTheSDKFollowsContacts(t *testing.T) {
	a := open(t)
	ctx, st := t.Context(), a.centre.State()
	agent, queue := st.Users[0].ID, string(st.Queues[0].ID)
	if err := a.centre.SetState(agent, st.Statuses[0].ID, false); err != nil {
		t.Fatal(err)
	}
	out := must[*sdk.StartOutboundVoiceContactOutput](a)(a.StartOutboundVoiceContact(ctx, &sdk.StartOutboundVoiceContactInput{
		InstanceId: a.id, ContactFlowId: aws.String(string(st.Flows[0].ID)),
		DestinationPhoneNumber: aws.String("+12065550177"), QueueId: &queue, Attributes: map[string]string{"case": "7"},
	}))
	id := connect.ContactID(*out.ContactId)
	a.centre.CustomerAnswered(id)
	if err := a.centre.AcceptContact(agent, id); err != nil {
		t.Fatal(err)
	}
	metrics := must[*sdk.GetCurrentMetricDataOutput](a)(a.GetCurrentMetricData(ctx, &sdk.GetCurrentMetricDataInput{
		InstanceId: a.id, Filters: &types.Filters{Queues: []string{queue}, Channels: []types.Channel{types.ChannelVoice}},
		Groupings: []types.Grouping{types.GroupingQueue},
		CurrentMetrics: []types.CurrentMetric{{Name: types.CurrentMetricNameAgentsOnCall, Unit: types.UnitCount},
			{Name: types.CurrentMetricNameAgentsAvailable, Unit: types.UnitCount}},
	}))
	if row := metrics.MetricResults[0]; *row.Collections[0].Value != 1 || *row.Collections[1].Value != 0 || *row.Dimensions.Queue.Id != queue {
		t.Errorf("%+v", row)
	}
	if err := second(a.UpdateContactAttributes(ctx, &sdk.UpdateContactAttributesInput{InstanceId: a.id,
		InitialContactId: out.ContactId, Attributes: map[string]string{"mood": "good"}})); err != nil {
		t.Error(err)
	}
	if got := must[*sdk.GetContactAttributesOutput](a)(a.GetContactAttributes(ctx,
		&sdk.GetContactAttributesInput{InstanceId: a.id,
			InitialContactId: out.ContactId})).Attributes; got["case"] != "7" || got["mood"] != "good" {
		t.Errorf("attributes %v", got)
	}
	if err := second(a.StopContact(ctx, &sdk.StopContactInput{InstanceId: a.id, ContactId: out.ContactId})); err != nil {
		t.Fatal(err)
	}
	_, err := a.StopContact(ctx, &sdk.StopContactInput{InstanceId: a.id, ContactId: out.ContactId})
	a.fails("ContactNotFoundException", err)
	contact := must[*sdk.DescribeContactOutput](a)(a.DescribeContact(ctx,
		&sdk.DescribeContactInput{InstanceId: a.id, ContactId: out.ContactId})).Contact
	if *contact.AgentInfo.Id != string(agent) || *contact.DisconnectReason != "API" ||
		contact.InitiationMethod != types.ContactInitiationMethodApi || contact.DisconnectTimestamp == nil {
		t.Errorf("%+v", contact)
	}
	hour := time.Hour
	data := must[*sdk.GetMetricDataV2Output](a)(a.GetMetricDataV2(ctx, &sdk.GetMetricDataV2Input{
		ResourceArn: aws.String(st.Instance.ARN()), StartTime: aws.Time(time.Now().Add(-hour)),
		EndTime: aws.Time(time.Now().Add(hour)), Groupings: []string{"QUEUE"},
		Filters: []types.FilterV2{{FilterKey: aws.String("QUEUE"), FilterValues: []string{queue}}},
		Metrics: []types.MetricV2{{Name: aws.String("CONTACTS_HANDLED")}, {Name: aws.String("AVG_HOLD_TIME")}},
	}))
	if row := data.MetricResults[0]; *row.Collections[0].Value != 1 || row.Collections[1].Value != nil || row.Dimensions["QUEUE"] != queue {
		t.Errorf("%+v", row)
	}
	found := must[*sdk.SearchContactsOutput](a)(a.SearchContacts(ctx,
		&sdk.SearchContactsInput{InstanceId: a.id,
			TimeRange: &types.SearchContactsTimeRange{Type: types.SearchContactsTimeRangeTypeInitiationTimestamp,
				StartTime: aws.Time(time.Now().Add(-hour)), EndTime: aws.Time(time.Now().Add(hour))}}))
	if !slices.ContainsFunc(found.Contacts, func(c types.ContactSearchSummary) bool { return *c.Id == *out.ContactId }) {
		t.Errorf("%+v", found.Contacts)
	}
}

func TestTheAccountsQuotasHold(t *testing.T) {
	c, _ := site(t)
	now := clock.NewFake(time.Now())
	server := httptest.NewServer(public(Config{Centre: c, Origin: "http://desk.example", Clock: now, Log: slog.New(slog.DiscardHandler)}))
	t.Cleanup(server.Close)
	id := c.State().Instance.ID
	for i := range 6 {
		status, name := send(t, server.URL, nil, "GET", "/users-summary/"+id, "", "right", now.Now())
		if i < 5 && status != 200 || i == 5 && (status != http.StatusTooManyRequests || name != "ThrottlingException") {
			t.Errorf("request %d: %d %s", i, status, name)
		}
	}
	if status, _ := send(t, server.URL, nil, "GET", "/queues-summary/"+id, "", "right", now.Now()); status != 200 {
		t.Errorf("another operation: %d", status)
	}
	now.Advance(500 * time.Millisecond)
	if status, _ := send(t, server.URL, nil, "GET", "/users-summary/"+id, "", "right", now.Now()); status != 200 {
		t.Errorf("half a second later: %d", status)
	}
	for i := range 6 {
		status, name := send(t, server.URL, nil, "GET", "/instance", "", "right", now.Now())
		if i == 5 && name != "TooManyRequestsException" {
			t.Errorf("instances: %d %s", status, name)
		}
	}
	patient := sdk.New(sdk.Options{Region: "us-east-1", BaseEndpoint: aws.String(server.URL),
		Credentials: credentials.NewStaticCredentialsProvider("AKIASANDBOX", "right", ""), RetryMaxAttempts: 1})
	_, err := patient.ListInstances(t.Context(), &sdk.ListInstancesInput{})
	if e, ok := errors.AsType[smithy.APIError](err); !ok || e.ErrorCode() != "TooManyRequestsException" {
		t.Errorf("the SDK: %v", err)
	}
}

func TestTheSDKSeesWhatAnAgentHasChosen(t *testing.T) {
	a := open(t)
	desk, number := false, "+12065550150"
	id := a.centre.State().Users[0].ID
	if err := a.centre.UpdateAgentConfiguration(id, connect.AgentConfiguration{SoftPhone: &desk, DeskNumber: &number}); err != nil {
		t.Fatal(err)
	}
	phone := must[*sdk.DescribeUserOutput](a)(a.DescribeUser(t.Context(),
		&sdk.DescribeUserInput{InstanceId: a.id, UserId: aws.String(string(id))})).User.PhoneConfig
	if phone.PhoneType != types.PhoneTypeDeskPhone || aws.ToString(phone.DeskPhoneNumber) != number {
		t.Errorf("%+v", phone)
	}
}
