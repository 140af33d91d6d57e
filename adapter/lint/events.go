package lint

import "strings"

// Event is what can fire a flow.
type Event struct {
	Source, Event string
	Waits         string // for what it waits that does not happen yet, for people; "" if it happens
}

// Events are all pairs of source and event that flows may be written for; an action of the overlay has no event.
// Source: flows that the original adapter exported, and its manual.
var Events = events()

func events() (all []Event) {
	contact := []string{"onIncoming", "onConnecting", "onPending", "onAccepted", "onConnected", "onRefresh", "onMissed", "onEnded",
		"onDestroy"}
	chat := []string{"onConnecting", "onConnected", "onEnded", "onRefresh", "onAccepted", "onPending", "onMissed", "onDestroy",
		"onMessageReceived", "onMessageSent", "onViewContact"}
	task := []string{"onTransferInitiated", "onTransferSucceeded", "onTransferFailed", "onTaskExpiring", "onTaskExpired"}
	const chats, tasks = "chats", "tasks"
	for _, of := range []struct {
		source, waits string
		events        []string
	}{
		{"initialization", "", []string{"onInit"}},
		{"connectAgent", "", []string{"onInit", "onRefresh", "onStateChange", "onRoutable", "onNotRoutable", "onOffline", "onError",
			"onAfterCallWork"}},
		{"connectVoiceContact", "", contact},
		{"connectQueueCallbackContact", "", contact},
		{"connectChatContact", chats, chat},
		{"connectTaskContact", tasks, append(append([]string{}, contact...), task...)},
		{"salesforceAgent", "", []string{"onStateChange", "onWorkAccepted", "onWorkloadChanged"}},
		{"salesforceUi", "", []string{"onClickToDial", "onNavigationChange", "onHvsWorkStart"}},
		{"ctiAction", "the overlay", []string{""}},
	} {
		for _, event := range of.events {
			all = append(all, Event{of.source, event, of.waits})
		}
	}
	return all
}

// OnlyIfWanted says whether pages tell an event only while a flow, a rule or a simulator wants it.
func OnlyIfWanted(source, event string) bool {
	switch event {
	case "onRefresh", "onNavigationChange", "onHvsWorkStart", "onMessageReceived", "onMessageSent", "onViewContact", "onWorkloadChanged",
		"onWorkAccepted":
		return true
	}
	return source == "initialization"
}

// EventOf is the event that a flow's name or its file's name ends with, such as onConnecting of VoiceContact.onConnecting or
// 02-voiceContactOnConnecting.json; "" if none.
func EventOf(names ...string) string {
	for _, name := range names {
		name = strings.ToLower(strings.TrimSuffix(name, ".json"))
		for _, e := range Events {
			if e.Event != "" && strings.HasSuffix(name, strings.ToLower(e.Event)) {
				return e.Event
			}
		}
	}
	return ""
}

// FiredBy is the source and event that a flow's name or its file's name ends with, as in VoiceContact.onConnecting; the event alone is
// enough where only one source has it. "" if none.
func FiredBy(names ...string) (source, event string) {
	for _, name := range names {
		plain := strings.NewReplacer(".", "", "-", "", "_", "", " ", "").Replace(strings.ToLower(strings.TrimSuffix(name, ".json")))
		var alone []Event
		for _, e := range Events {
			whole := strings.ToLower(e.Source + e.Event)
			switch {
			case e.Event == "":
			case strings.HasSuffix(plain, strings.TrimPrefix(whole, "connect")):
				return e.Source, e.Event
			case strings.HasSuffix(plain, strings.ToLower(e.Event)):
				alone = append(alone, e)
			}
		}
		if len(alone) == 1 {
			return alone[0].Source, alone[0].Event
		}
	}
	return "", ""
}
