package sfdx

import (
	"embed"
	"path"
)

//go:embed flows/*.json
var flows embed.FS

// Flow is a CTI flow that a new installation gets, with the event that fires it.
type Flow struct {
	Name, Source, Event string
	Script              string // the flow as JSON
	Inactive            bool   // an administrator has something to fill in first
}

// Flows are the flows of a new installation: click-to-dial, the pop of a caller, the pop of a queued callback; and the pop of a chat,
// whose search text is only an example.
func Flows() ([]Flow, error) {
	all := []Flow{
		{Name: "Salesforce UI onClickToDial", Source: "salesforceUi", Event: "onClickToDial", Script: "01-salesforceUiOnClickToDial.json"},
		{Name: "Voice Contact onConnecting", Source: "connectVoiceContact", Event: "onConnecting", Script: "02-voiceContactOnConnecting.json"},
		{Name: "Chat Contact onConnecting", Source: "connectChatContact", Event: "onConnecting",
			Script: "03-chatContactOnConnecting.json", Inactive: true},
		{Name: "Queue Callback Contact onIncoming", Source: "connectQueueCallbackContact", Event: "onIncoming",
			Script: "04-queueCallbackContactOnIncoming.json"},
	}
	for i := range all {
		body, err := flows.ReadFile(path.Join("flows", all[i].Script))
		if err != nil {
			return nil, err
		}
		all[i].Script = string(body)
	}
	return all, nil
}
