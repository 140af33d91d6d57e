package schema

// Objects of Omni-Channel and of queues that other rooms know.
const (
	PresenceStatus     = "ServicePresenceStatus"
	ServiceChannel     = "ServiceChannel"
	StatusChannel      = "ServiceChannelStatus"
	PresenceConfig     = "PresenceUserConfig"
	PresenceForUser    = "PresenceUserConfigUser"
	PresenceForProfile = "PresenceUserConfigProfile"
	RoutingConfig      = "QueueRoutingConfig"
	UserPresence       = "UserServicePresence"
	AgentWork          = "AgentWork"
	PendingRouting     = "PendingServiceRouting"
	Group              = "Group"
	GroupMember        = "GroupMember"
	QueueObject        = "QueueSobject"
)

// DefaultPresence is the developer name of the presence configuration of who has been given none.
const DefaultPresence = "Default_Presence_Configuration"

// OmniChannel are the objects that an org has once Omni-Channel is enabled. A status is online if it has channels, otherwise busy.
// Nobody writes them through the data API: Setup and deployments write the configuration, Omni-Channel itself the rest.
// Source: Object reference; the key prefixes are from a list of an org's EntityDefinitions.
func OmniChannel() []Object {
	objects := append(omniSetup(), omniWork()...)
	for i := range objects {
		objects[i].Off, objects[i].ReadOnly = true, true
	}
	return objects
}

// masterNames are the fields that set-up data of Omni-Channel is named by.
func masterNames(what string) []Field {
	return []Field{
		required(named(Field{Name: "DeveloperName", Label: "Developer Name", Type: "string", Length: 80, Unique: true})),
		required(text("MasterLabel", what, 80)), {Name: "Language", Label: "Master Language", Type: "picklist", Length: 40, Default: "en_US"},
	}
}

// omniSetup is what Setup and deployments write.
func omniSetup() []Object {
	status := func(name, label, relationship string) Field {
		return lookup(name, label, relationship, "", PresenceStatus)
	}
	routed := []Field{
		required(choice("RoutingModel", "Routing Model", "LeastActive", "MostAvailable", "ExternalRouting")),
		required(typed("int", "RoutingPriority", "Routing Priority", 0)),
		typed("double", "CapacityWeight", "Units of Capacity", 0), typed("percent", "CapacityPercentage", "Percentage of Capacity", 0),
		typed("int", "PushTimeout", "Push Time-Out (seconds)", 0), Checkbox("IsAttributeBased", "Use with Skills-Based Routing Rules"),
		lookup("OverflowAssigneeId", "Overflow Assignee ID", "OverflowAssignee", "", Group, "User"),
	}
	return []Object{
		{Name: ServiceChannel, Label: "Service Channel", Plural: "Service Channels", KeyPrefix: "0N9", Setup: true,
			Fields: append(masterNames("Service Channel Name"),
				required(Field{Name: "RelatedEntity", Label: "Salesforce Object", Type: "string", Length: 80, Unique: true}),
				text("SecondaryRoutingPriorityField", "Secondary Routing Priority Field", 80),
				text("InteractionComponent", "Custom Console Footer Component", 255),
				Checkbox("DoesMinimizeWidgetOnAccept", "Minimize the Omni-Channel widget when work is accepted"))},
		{Name: PresenceStatus, Label: "Service Presence Status", Plural: "Service Presence Statuses", KeyPrefix: "0N5", Setup: true,
			Fields: masterNames("Status Name")},
		{Name: StatusChannel, Label: "Service Channel Status", Plural: "Service Channel Statuses", KeyPrefix: "0NC", Setup: true,
			Fields: []Field{
				required(lookup("ServiceChannelId", "Service Channel ID", "ServiceChannel", "", ServiceChannel)),
				within(lookup("ServicePresenceStatusId", "Service Presence Status ID", "ServicePresenceStatus", "", PresenceStatus)),
			}},
		{Name: PresenceConfig, Label: "Presence User Config", Plural: "Presence User Configs", KeyPrefix: "0Nd", Setup: true,
			Fields: append(masterNames("Presence Configuration Name"),
				required(typed("int", "Capacity", "Capacity", 0)), typed("int", "InterruptibleCapacity", "Interruptible Capacity", 0),
				Checkbox("OptionsIsAutoAcceptEnabled", "Automatically accept work requests"),
				Checkbox("OptionsIsDeclineEnabled", "Allow agents to decline work requests"),
				Checkbox("OptionsIsDeclineReasonEnabled", "Allow agents to choose a decline reason"),
				Checkbox("OptionsIsDisconnectSoundEnabled", "Play a sound when connection is lost"),
				Checkbox("OptionsIsRequestSoundEnabled", "Play a sound with work requests"),
				status("PresenceStatusOnDeclineId", "Presence Status On Decline ID", "PresenceStatusOnDecline"),
				status("PresenceStatusOnPushTimeoutId", "Presence Status On Push Timeout ID", "PresenceStatusOnPushTimeout"))},
		{Name: PresenceForUser, Label: "Presence User Config User", Plural: "Presence User Config Users", KeyPrefix: "0Ne", Setup: true,
			Fields: []Field{
				within(lookup("PresenceUserConfigId", "Presence Configuration ID", "PresenceUserConfig", "", PresenceConfig)),
				required(lookup("UserId", "User ID", "User", "", "User")),
			}},
		{Name: PresenceForProfile, Label: "Presence User Config Profile", Plural: "Presence User Config Profiles", KeyPrefix: "0Nf", Setup: true,
			Fields: []Field{
				within(lookup("PresenceUserConfigId", "Presence Configuration ID", "PresenceUserConfig", "", PresenceConfig)),
				required(lookup("ProfileId", "Profile ID", "Profile", "", "Profile")),
			}},
		{Name: "PresenceDeclineReason", Label: "Presence Decline Reason", Plural: "Presence Decline Reasons", KeyPrefix: "0KR", Setup: true,
			Fields: masterNames("Decline Reason")},
		{Name: RoutingConfig, Label: "Queue Routing Configuration", Plural: "Queue Routing Configurations", KeyPrefix: "0K9", Setup: true,
			Fields: append(masterNames("Routing Configuration Name"), routed...)},
	}
}

// omniWork is what comes of people's presence and of work that is routed. One sees what is one's own, View All Data all of it.
func omniWork() []Object {
	owner := lookup("OwnerId", "Owner ID", "Owner", "", "User")
	agent := required(lookup("UserId", "User ID", "User", "", "User"))
	item := required(lookup("WorkItemId", "Work Item ID", "WorkItem", "", "Case", "Lead"))
	channel := required(lookup("ServiceChannelId", "Service Channel ID", "ServiceChannel", "", ServiceChannel))
	at := func(name, label string) Field { return typed("datetime", name, label, 0) }
	number := func(name, label string) Field { return typed("int", name, label, 0) }
	weight := []Field{
		typed("double", "CapacityWeight", "Units of Capacity", 0), typed("percent", "CapacityPercentage", "Percentage of Capacity", 0),
		choice("RoutingModel", "Routing Model", "LeastActive", "MostAvailable", "ExternalRouting"),
		number("RoutingPriority", "Routing Priority"), choice("RoutingType", "Routing Type", "*QueueBased", "SkillsBased"),
		number("PushTimeout", "Push Timeout"),
	}
	return []Object{
		{Name: UserPresence, Label: "User Presence", Plural: "User Presence", KeyPrefix: "0R1", Sharing: Private, Fields: []Field{
			{Name: "Name", Label: "User Presence Number", Type: "string", Length: 255, NameField: true, ReadOnly: true, AutoNumber: "{00000000}"},
			owner, agent, required(lookup("ServicePresenceStatusId", "Service Presence Status ID", "ServicePresenceStatus", "", PresenceStatus)),
			at("StatusStartDate", "Status Start Date"), at("StatusEndDate", "Status End Date"), number("StatusDuration", "Status Duration"),
			Checkbox("IsCurrentState", "Is Current State"), Checkbox("IsAway", "Is Away"), number("ConfiguredCapacity", "Configured Capacity"),
			typed("double", "AverageCapacity", "Average Capacity", 0), number("IdleDuration", "Idle Duration"),
			number("AtCapacityDuration", "At Capacity Duration"),
		}},
		{Name: PendingRouting, Label: "Pending Service Routing", Plural: "Pending Service Routings", KeyPrefix: "0JR", Sharing: Private,
			Fields: append([]Field{
				{Name: "Name", Label: "Pending Service Routing Number", Type: "string", Length: 255, NameField: true, ReadOnly: true,
					AutoNumber: "{00000000}"},
				owner, item, channel, lookup("GroupId", "Queue ID", "Group", "", Group),
				Checkbox("IsReadyForRouting", "Ready for Routing"), Checkbox("IsPushAttempted", "Is Push Attempted"),
				text("LastDeclinedAgentSession", "Last Declined Agent Session", 255), number("SecondaryRoutingPriority", "Secondary Routing Priority"),
				lookup("PreferredUserId", "Preferred User ID", "PreferredUser", "", "User"),
				Checkbox("IsPreferredUserRequired", "Is Preferred User Required"),
			}, weight...)},
		{Name: AgentWork, Label: "Agent Work", Plural: "Agent Work", KeyPrefix: "0Bz", Sharing: Private, Fields: append([]Field{
			{Name: "Name", Label: "Agent Work ID", Type: "string", Length: 255, NameField: true, ReadOnly: true, AutoNumber: "{00000000}"},
			owner, agent, item, channel,
			required(choice("Status", "Status", "*Assigned", "Unavailable", "Declined", "Opened", "Closed", "DeclinedOnPushTimeout", "Canceled",
				"Transferred")),
			at("RequestDateTime", "Request Date"), at("AssignedDateTime", "Assigned Date"), at("AcceptDateTime", "Accept Date"),
			at("DeclineDateTime", "Decline Date"), at("CloseDateTime", "Close Date"), at("CancelDateTime", "Cancel Date"),
			text("DeclineReason", "Decline Reason", 255), number("SpeedToAnswer", "Speed to Answer"), number("ActiveTime", "Active Time"),
			number("HandleTime", "Handle Time"), typed("double", "AgentCapacityWhenDeclined", "Agent Capacity When Declined", 0),
			lookup("OriginalQueueId", "Original Queue ID", "OriginalQueue", "", Group), text("OriginalGroupId", "Original Group ID", 18),
			lookup("PendingServiceRoutingId", "Pending Service Routing ID", "PendingServiceRouting", "", PendingRouting),
			Checkbox("ShouldSkipCapacityCheck", "Should Skip Capacity Check"), Checkbox("IsOwnerChangeInitiated", "Is Owner Change Initiated"),
			Checkbox("IsTransfer", "Is Transfer"),
		}, weight...)},
	}
}

// queues are the groups of users, of which those of the type Queue own records. Source: Object reference.
func queues() []Object {
	return []Object{
		{Name: Group, Label: "Group", Plural: "Group", KeyPrefix: "00G", Setup: true, Searchable: true, Fields: []Field{
			required(named(text("Name", "Name", 40))), text("DeveloperName", "Developer Name", 80),
			{Name: "Type", Label: "Type", Type: "picklist", Length: 40, Required: true, CreateOnly: true, Restricted: true, Default: "Regular",
				Values: []PicklistValue{{Value: "Regular", Label: "Public Group", Default: true}, {Value: "Queue", Label: "Queue"}}},
			typed("email", "Email", "Email", 255), Checkbox("DoesSendEmailToMembers", "Send Email to Members"),
			lookup("QueueRoutingConfigId", "Queue Routing Configuration ID", "QueueRoutingConfig", "", RoutingConfig),
		}},
		{Name: GroupMember, Label: "Group Member", Plural: "Group Members", KeyPrefix: "011", Setup: true, Fields: []Field{
			within(lookup("GroupId", "Group ID", "Group", "GroupMembers", Group)),
			fixed(required(lookup("UserOrGroupId", "User/Group ID", "UserOrGroup", "", "User", Group))),
		}},
		{Name: QueueObject, Label: "Queue Sobject", Plural: "Queue Sobject", KeyPrefix: "03g", Setup: true, Fields: []Field{
			within(lookup("QueueId", "Group ID", "Queue", "QueueSobjects", Group)),
			required(text("SobjectType", "Sobject Type", 80)),
		}},
	}
}
