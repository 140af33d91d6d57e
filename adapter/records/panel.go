package records

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Panel is how the Contact Control Panel is shown to agents. Source of the fields: the original adapter's manual.
type Panel struct {
	RingtoneURL, ChatRingtoneURL string // absolute http(s) addresses; "" is the contact centre's own
	Medialess                    bool   // audio is in another window
	EarlyMicrophone              bool   // taken before a contact arrives
	AudioDevices, PhoneType      bool   // which settings agents have
}

// panelFields is the part of the adapter record that becomes a Panel.
type panelFields struct {
	Ringtone        string `json:"Custom_Ringtone__c"`
	ChatRingtone    string `json:"Custom_Chat_Ringtone__c"`
	Medialess       bool   `json:"Medialess__c"`
	EarlyMicrophone bool   `json:"Early_Gum__c"`
	AudioDevices    bool   `json:"Audio_Device_Settings__c"`
	PhoneType       bool   `json:"Phone_Type_Settings__c"`
	DebugLevel      string `json:"Debug_Level__c"`
}

const panelColumns = "Custom_Ringtone__c, Custom_Chat_Ringtone__c, Medialess__c, Early_Gum__c, " +
	"Audio_Device_Settings__c, Phone_Type_Settings__c, Debug_Level__c"

// panel checks the fields; a ringtone that cannot be played is left out, so that the phone still rings.
func (f panelFields) panel(name string) (Panel, []string) {
	p := Panel{Medialess: f.Medialess, EarlyMicrophone: f.EarlyMicrophone, AudioDevices: f.AudioDevices, PhoneType: f.PhoneType}
	var problems []string
	for _, tone := range []struct {
		field, value string
		to           *string
	}{{"Custom Ringtone", f.Ringtone, &p.RingtoneURL}, {"Custom Chat Ringtone", f.ChatRingtone, &p.ChatRingtoneURL}} {
		value := strings.TrimSpace(tone.value)
		switch u, err := url.Parse(value); {
		case value == "":
		case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
			problems = append(problems, fmt.Sprintf("%s of the AC CTI Adapter record %s (%q) is no web address of a sound: the "+
				"contact centre's own ringtone plays.", tone.field, name, value))
		default:
			*tone.to = u.String()
		}
	}
	return p, problems
}

// debugLevels are the values of the field Debug Level.
var debugLevels = []string{"Off", "Error", "Info", "Debug"}

func debugLevel(value string) string {
	if slices.Contains(debugLevels, value) {
		return value
	}
	return debugLevels[0]
}
