package metadata

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// parlour is the configuration of a small contact centre, by file; values stand between the tags of the root.
var parlour = map[string]string{
	"serviceChannels/Cases.serviceChannel":                "<label>Cases</label><relatedEntityType>Case</relatedEntityType>",
	"servicePresenceStatuses/Ready.servicePresenceStatus": "<channels><channel>Cases</channel></channels><label>Ready</label>",
	"servicePresenceStatuses/Break.servicePresenceStatus": "<label>Break</label>",
	"presenceUserConfigs/Desk.presenceUserConfig": "<assignments><profiles><profile>standard</profile></profiles>" +
		"<users><user>admin@x.example</user></users></assignments><capacity>3</capacity><enableDecline>true</enableDecline>" +
		"<label>Desk</label><presenceStatusOnDecline>Break</presenceStatusOnDecline>",
	"queueRoutingConfigs/Calm.queueRoutingConfig": "<capacityWeight>1.5</capacityWeight><label>Calm</label><pushTimeout>30</pushTimeout>" +
		"<queueOverflowAssignee>Late</queueOverflowAssignee><routingModel>MOST_AVAILABLE</routingModel><routingPriority>1</routingPriority>",
	"queues/Late.queue": "<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Late Cases</name><queueMembers><users>" +
		"<user>agent@x.example</user></users></queueMembers><queueRoutingConfig>Calm</queueRoutingConfig>" +
		"<queueSobject><sobjectType>Case</sobjectType></queueSobject>",
	"permissionsets/Agents.permissionset": "<label>Agents</label><servicePresenceStatusAccesses><enabled>true</enabled>" +
		"<servicePresenceStatus>Ready</servicePresenceStatus></servicePresenceStatusAccesses>",
}

var parlourTypes = map[string]string{
	"serviceChannels": "ServiceChannel", "servicePresenceStatuses": "ServicePresenceStatus", "presenceUserConfigs": "PresenceUserConfig",
	"queueRoutingConfigs": "QueueRoutingConfig", "queues": "Queue", "permissionsets": "PermissionSet", "settings": "OmniChannelSettings",
}

// put deploys files whose root is left out and gives what was refused.
func (s *site) put(files map[string]string) string {
	s.t.Helper()
	all := map[string]string{"package.xml": "<Package/>"}
	for name, inner := range files {
		folder, _, _ := strings.Cut(name, "/")
		all[name] = "<" + parlourTypes[folder] + ` xmlns="` + namespace + `">` + inner + "</" + parlourTypes[folder] + ">"
	}
	return s.deploy(pack(s.t, all)).problems()
}

func (s *site) omniChannel(on string) {
	s.t.Helper()
	if got := s.put(map[string]string{"settings/OmniChannel.settings": "<enableOmniChannel>" + on + "</enableOmniChannel>"}); got != "" {
		s.t.Fatal(got)
	}
}

// lines are the rows of a query, as text.
func (s *site) lines(query string) []string {
	s.t.Helper()
	var all []string
	s.records(func(a *crm.Actor) error {
		return each(s.t.Context(), a, query, func(r records.Record) { all = append(all, lineOf(r)) })
	})
	return all
}

func TestOmniChannelIsConfiguredByMetadata(t *testing.T) {
	s := newSite(t)
	const away = "Not available for deploy for this organization"
	if got := s.put(map[string]string{"servicePresenceStatuses/Break.servicePresenceStatus": "<label>Break</label>"}); got != away {
		t.Fatalf("before it is enabled: %q", got)
	}
	together := maps.Clone(parlour)
	together["settings/OmniChannel.settings"] = "<enableOmniChannel>true</enableOmniChannel>"
	if got := s.put(together); !strings.Contains(got, away) {
		t.Fatalf("with what enables it: %q", got)
	}
	s.omniChannel("true")
	if got := s.put(parlour); got != "" {
		t.Fatal(got)
	}
	for query, want := range map[string][]string{
		"SELECT MasterLabel FROM ServicePresenceStatus ORDER BY MasterLabel": {"Break", "Ready"},
		"SELECT DeveloperName, RelatedEntity FROM ServiceChannel":            {"Cases Case"},
		"SELECT MasterLabel FROM ServicePresenceStatus WHERE Id IN (SELECT ServicePresenceStatusId FROM ServiceChannelStatus)": {
			"Ready"},
		"SELECT MasterLabel, OptionsIsDeclineEnabled, OptionsIsRequestSoundEnabled FROM PresenceUserConfig WHERE Capacity = 3": {
			"Desk OptionsIsDeclineEnabled+ OptionsIsRequestSoundEnabled+"},
		"SELECT Username FROM User WHERE Id IN (SELECT UserId FROM PresenceUserConfigUser)":                       {"admin@x.example"},
		"SELECT Name FROM Profile WHERE Id IN (SELECT ProfileId FROM PresenceUserConfigProfile)":                  {"Standard User"},
		"SELECT RoutingModel FROM QueueRoutingConfig WHERE CapacityWeight = 1.5 AND PushTimeout = 30":             {"MostAvailable"},
		"SELECT DeveloperName FROM Group WHERE Type = 'Queue' AND QueueRoutingConfigId != null":                   {"Late"},
		"SELECT SobjectType FROM QueueSobject":                                                                    {"Case"},
		"SELECT Username FROM User WHERE Id IN (SELECT UserOrGroupId FROM GroupMember)":                           {"agent@x.example"},
		"SELECT MasterLabel FROM ServicePresenceStatus WHERE Id IN (SELECT SetupEntityId FROM SetupEntityAccess)": {"Ready"},
	} {
		if got := s.lines(query); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	again := s.retrieved("ServiceChannel", "ServicePresenceStatus", "PresenceUserConfig", "QueueRoutingConfig", "Queue", "PermissionSet",
		"Settings")
	for name, inner := range parlour {
		if got := strings.Join(strings.Fields(again[name]), ""); !strings.Contains(got, strings.ReplaceAll(inner, " ", "")) {
			t.Errorf("%s is retrieved as\n%s", name, again[name])
		}
	}
	if !strings.Contains(again["settings/OmniChannel.settings"], "<enableOmniChannel>true<") ||
		!strings.Contains(again["presenceUserConfigs/Default_Presence_Configuration.presenceUserConfig"], "<capacity>5<") {
		t.Errorf("retrieved %v", slices.Sorted(maps.Keys(again)))
	}
}

// retrieved are all files of some types, by name.
func (s *site) retrieved(kinds ...string) map[string]string {
	s.t.Helper()
	var m manifest
	for _, k := range kinds {
		m.types = append(m.types, members{kind: k, names: []string{"*"}})
	}
	r, err := s.api.retrieve(s.t.Context(), m, "67.0", true)
	if err != nil {
		s.t.Fatal(err)
	}
	files, err := unpack(r.zip)
	if err != nil {
		s.t.Fatal(err)
	}
	all := map[string]string{}
	for name, body := range files {
		all[name] = string(body)
	}
	return all
}

func TestWrongConfigurationOfOmniChannelIsRefused(t *testing.T) {
	s := newSite(t)
	s.omniChannel("true")
	if got := s.put(parlour); got != "" {
		t.Fatal(got)
	}
	for _, tc := range []struct{ name, file, inner, want string }{
		{"a channel of accounts", "serviceChannels/X.serviceChannel", "<label>X</label><relatedEntityType>Account</relatedEntityType>",
			"Only related entity type(s) of Case, Lead are currently supported."},
		{"a second channel of cases", "serviceChannels/X.serviceChannel", "<label>X</label><relatedEntityType>Case</relatedEntityType>",
			"duplicate value found: RelatedEntity"},
		{"a name with a space", "servicePresenceStatuses/X y.servicePresenceStatus", "<label>X</label>", "The Developer Name can only contain"},
		{"a status without a label", "servicePresenceStatuses/X.servicePresenceStatus", "<channels/>", "Required field is missing: label"},
		{"a status of a channel that is not there", "servicePresenceStatuses/X.servicePresenceStatus",
			"<channels><channel>Chat</channel></channels><label>X</label>", "In field: channel - no ServiceChannel named Chat found"},
		{"a configuration that accepts and declines", "presenceUserConfigs/X.presenceUserConfig", "<capacity>1</capacity>" +
			"<enableAutoAccept>true</enableAutoAccept><enableDecline>true</enableDecline><label>X</label>", "enableAutoAccept is available only"},
		{"a configuration without room", "presenceUserConfigs/X.presenceUserConfig", "<capacity>0</capacity><label>X</label>",
			"capacity must be"},
		{"a configuration for nobody known", "presenceUserConfigs/X.presenceUserConfig", "<assignments><users><user>x@y</user></users>" +
			"</assignments><capacity>1</capacity><label>X</label>", "In field: user - no User named x@y found"},
		{"a model that is none", "queueRoutingConfigs/X.queueRoutingConfig", "<capacityWeight>1</capacityWeight><label>X</label>" +
			"<routingModel>Best</routingModel><routingPriority>1</routingPriority>", "'Best' is not a valid value for the enum 'RoutingModel'"},
		{"weight and percentage", "queueRoutingConfigs/X.queueRoutingConfig", "<capacityPercentage>5</capacityPercentage>" +
			"<capacityWeight>1</capacityWeight><label>X</label><routingModel>LEAST_ACTIVE</routingModel><routingPriority>1</routingPriority>",
			"Specify either"},
		{"an overflow queue that is not there", "queueRoutingConfigs/X.queueRoutingConfig", "<capacityWeight>1</capacityWeight><label>X</label>" +
			"<queueOverflowAssignee>No</queueOverflowAssignee><routingModel>LEAST_ACTIVE</routingModel><routingPriority>1</routingPriority>",
			"no Queue named No found"},
		{"a queue of roles", "queues/X.queue", "<name>X</name><queueMembers><roles><role>Boss</role></roles></queueMembers>",
			"no Role named Boss found"},
		{"a queue of contacts", "queues/X.queue", "<name>X</name><queueSobject><sobjectType>Contact</sobjectType></queueSobject>",
			"In field: sobjectType - no CustomObject named Contact found"},
		{"access to a status that is not there", "permissionsets/X.permissionset", "<label>X</label><servicePresenceStatusAccesses>" +
			"<enabled>true</enabled><servicePresenceStatus>Gone</servicePresenceStatus></servicePresenceStatusAccesses>",
			"In field: servicePresenceStatus - no ServicePresenceStatus named Gone found"},
		{"a setting that is none", "settings/OmniChannel.settings", "<enableOmni>true</enableOmni>",
			"Element {" + namespace + "}enableOmni invalid"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := s.put(map[string]string{tc.file: tc.inner}); !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestWhatOmniChannelUsesIsNotRemoved(t *testing.T) {
	s := newSite(t)
	s.omniChannel("true")
	if got := s.put(parlour); got != "" {
		t.Fatal(got)
	}
	remove := func(kind, name string) string {
		err := s.org.Transact(t.Context(), func(a *crm.Actor) error { return Remove(t.Context(), a, Identified{kind, name}) })
		if err == nil {
			return ""
		}
		return err.Error()
	}
	for _, step := range []struct{ kind, name, want string }{
		{schema.ServiceChannel, "Cases", "referenced elsewhere in salesforce.com. Remove the usage and try again. : Presence Status - Ready."},
		{schema.PresenceStatus, "Break", "Presence Configuration - Desk."},
		{schema.RoutingConfig, "Calm", "Queue - Late Cases."},
		{queueKind, "Late", ""},
		{schema.RoutingConfig, "Calm", ""},
		{schema.PresenceConfig, "Desk", ""},
		{schema.PresenceStatus, "Break", ""},
		{schema.PresenceStatus, "Ready", ""},
		{schema.ServiceChannel, "Cases", ""},
	} {
		if got := remove(step.kind, step.name); !strings.Contains(got, step.want) || step.want == "" && got != "" {
			t.Errorf("%s %s: %q, want %q", step.kind, step.name, got, step.want)
		}
	}
	if left := s.lines("SELECT Id FROM SetupEntityAccess WHERE SetupEntityType = 'ServicePresenceStatus'"); len(left) > 0 {
		t.Errorf("access to a status that is gone: %q", left)
	}
	if left := s.lines("SELECT Id FROM PresenceUserConfigUser"); len(left) > 0 {
		t.Errorf("assigned to a configuration that is gone: %q", left)
	}
}

func TestAQueueThatOwnsRecordsIsNotRemoved(t *testing.T) {
	s := newSite(t)
	const late = "<name>Late</name><queueSobject><sobjectType>Case</sobjectType></queueSobject>"
	if got := s.put(map[string]string{"queues/Late.queue": late}); got != "" {
		t.Fatal(got)
	}
	s.records(func(a *crm.Actor) error {
		id, err := queueID(installerFor(a), t.Context(), "Late")
		if err != nil {
			return err
		}
		_, err = a.Create(t.Context(), "Case", records.Values{"Subject": "Flat tyre", "OwnerId": string(id)})
		return err
	})
	err := s.org.Transact(t.Context(), func(a *crm.Actor) error { return Remove(t.Context(), a, Identified{queueKind, "Late"}) })
	if err == nil || !strings.Contains(err.Error(), "Case - 00001000.") {
		t.Errorf("got %v", err)
	}
}

func TestAnAgentHasOnePresenceConfiguration(t *testing.T) {
	s := newSite(t)
	s.omniChannel("true")
	if got := s.put(parlour); got != "" {
		t.Fatal(got)
	}
	if got := s.put(map[string]string{"presenceUserConfigs/Night.presenceUserConfig": "<assignments><users>" +
		"<user>admin@x.example</user></users></assignments><capacity>1</capacity><label>Night</label>"}); got != "" {
		t.Fatal(got)
	}
	files := s.retrieved("PresenceUserConfig")
	if desk := files["presenceUserConfigs/Desk.presenceUserConfig"]; strings.Contains(desk, "admin@x.example") ||
		!strings.Contains(desk, "<profile>standard</profile>") {
		t.Errorf("the first one is\n%s", desk)
	}
	if night := files["presenceUserConfigs/Night.presenceUserConfig"]; !strings.Contains(night, "<user>admin@x.example</user>") {
		t.Errorf("the second one is\n%s", night)
	}
}

func TestOmniChannelIsDisabled(t *testing.T) {
	s := newSite(t)
	s.omniChannel("true")
	if got := s.put(parlour); got != "" {
		t.Fatal(got)
	}
	s.omniChannel("false")
	if files := s.retrieved("ServicePresenceStatus", "ServiceChannel", "Settings"); len(files) != 2 ||
		!strings.Contains(files["settings/OmniChannel.settings"], "<enableOmniChannel>false<") {
		t.Errorf("retrieved %v", files)
	}
	described := s.want(`<describeMetadata><asOfVersion>67.0</asOfVersion></describeMetadata>`, `(?s)(.*)`)
	if strings.Contains(described, "ServicePresenceStatus") || !strings.Contains(described, "<xmlName>Queue</xmlName>") {
		t.Error("describeMetadata tells of a type that the org does not have, or not of queues")
	}
}
