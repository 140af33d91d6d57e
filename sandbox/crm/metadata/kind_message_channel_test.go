package metadata

import (
	"strings"
	"testing"
)

const deskChannel = `<LightningMessageChannel xmlns="http://soap.sforce.com/2006/04/metadata"><isExposed>true</isExposed>` +
	`<lightningMessageFields><fieldName>to</fieldName></lightningMessageFields><masterLabel>Desk</masterLabel></LightningMessageChannel>`

const shedPage = `<ApexPage xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>60.0</apiVersion><label>Shed</label></ApexPage>`

// A message channel comes before the pages that name it, and stays as long as one does.
func TestMessageChannel(t *testing.T) {
	s := newSite(t)
	page := map[string]string{
		"package.xml": manifestOf(pageKind, "Shed"), "pages/Shed.page-meta.xml": shedPage,
		"pages/Shed.page": `<apex:page><i data-channel="{! $messagechannel.Desk__c }"></i></apex:page>`,
	}
	_, status := s.soapDeploy(page, rollback)
	if !strings.Contains(status, "Field $messagechannel.Desk__c does not exist. Check spelling.") {
		t.Errorf("a page without its channel: %s", status)
	}
	page["messageChannels/Desk.messageChannel"] = deskChannel
	if _, status = s.soapDeploy(page, rollback); !strings.Contains(status, "<status>Succeeded</status>") {
		t.Fatalf("both together: %s", status)
	}
	channels, err := s.org.MessageChannels(t.Context())
	if err != nil || len(channels) != 1 || channels[0].Name != "Desk__c" || strings.Contains(channels[0].Token, "Desk") {
		t.Errorf("channels %v, %v", channels, err)
	}
	gone := map[string]string{
		"package.xml": `<Package><version>67.0</version></Package>`, "destructiveChanges.xml": manifestOf(channelKind, "Desk"),
	}
	if _, status = s.soapDeploy(gone, rollback); !strings.Contains(status, "is referenced elsewhere in salesforce.com. "+
		"Remove the usage and try again. : ApexPage - Shed.") {
		t.Errorf("removed under a page: %s", status)
	}
	gone["destructiveChanges.xml"] = `<Package><types><members>Shed</members><name>ApexPage</name></types><types><members>Desk</members>` +
		`<name>LightningMessageChannel</name></types><version>67.0</version></Package>`
	if _, status = s.soapDeploy(gone, rollback); !strings.Contains(status, "<status>Succeeded</status>") {
		t.Errorf("removed with its page: %s", status)
	}
}

func TestMessageChannelRefused(t *testing.T) {
	for _, tc := range []struct{ name, file, source, want string }{
		{"a name with two underscores", "De__sk", deskChannel, "not contain two consecutive underscores"},
		{"no label", "Desk", `<LightningMessageChannel><isExposed>true</isExposed></LightningMessageChannel>`,
			"Required field is missing: masterLabel"},
		{"a field twice", "Desk", strings.Replace(deskChannel, "<masterLabel>",
			"<lightningMessageFields><fieldName>to</fieldName></lightningMessageFields><masterLabel>", 1), "Duplicate field name: to"},
		{"an element that there is not", "Desk", strings.Replace(deskChannel, "isExposed", "exposed", 2), "exposed invalid at this location"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite(t)
			_, status := s.soapDeploy(map[string]string{
				"package.xml": manifestOf(channelKind, tc.file), "messageChannels/" + tc.file + ".messageChannel": tc.source,
			}, rollback)
			if !strings.Contains(status, tc.want) {
				t.Errorf("%s lacks %q", status, tc.want)
			}
		})
	}
}
