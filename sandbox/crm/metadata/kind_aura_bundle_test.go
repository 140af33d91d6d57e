package metadata

import (
	"maps"
	"strings"
	"testing"
)

const deskComponent = `<aura:component implements="flexipage:availableForAllPageTypes">
    <aura:attribute name="text" type="String" default="Waiting"/>
    <lightning:messageChannel type="Desk__c" aura:id="desk" onMessage="{!c.hear}"/>
    <p>{!v.text}</p>
</aura:component>`

const deskBar = `<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata"><flexiPageRegions><itemInstances><componentInstance>` +
	`<componentInstanceProperties><name>eager</name><type>decorator</type><value>true</value></componentInstanceProperties>` +
	`<componentInstanceProperties><name>text</name><value>Hello</value></componentInstanceProperties>` +
	`<componentName>c:Desk</componentName><identifier>c_Desk</identifier></componentInstance></itemInstances><name>utilityItems</name>` +
	`<type>Region</type></flexiPageRegions><masterLabel>Bar</masterLabel><template><name>one:utilityBarTemplateDesktop</name></template>` +
	`<type>UtilityBar</type></FlexiPage>`

var deskFiles = map[string]string{
	"package.xml":                         `<Package/>`,
	"messageChannels/Desk.messageChannel": deskChannel,
	"aura/Desk/Desk.cmp":                  deskComponent,
	"aura/Desk/Desk.cmp-meta.xml":         `<AuraDefinitionBundle><apiVersion>62.0</apiVersion></AuraDefinitionBundle>`,
	"aura/Desk/DeskController.js":         `({ hear: function (component, message) {} })`,
	"aura/Desk/Desk.design":               `<design:component label="Desk"><design:attribute name="text" label="Text"/></design:component>`,
	"flexipages/Bar.flexipage":            deskBar,
}

// A bundle comes after the channels that it names and before the bars that show it; it is given back file by file.
func TestAuraBundle(t *testing.T) {
	s := newSite(t)
	if _, status := s.soapDeploy(deskFiles, rollback); !strings.Contains(status, "<status>Succeeded</status>") {
		t.Fatal(status)
	}
	got, err := s.api.retrieve(t.Context(), manifest{types: []members{{kind: auraKind, names: []string{"*"}}}}, "67.0", true)
	if err != nil {
		t.Fatal(err)
	}
	files, err := unpack(got.zip)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range deskFiles {
		if strings.HasPrefix(name, "aura/") && !strings.HasSuffix(name, described) && string(files[name]) != body {
			t.Errorf("%s came back as %q", name, files[name])
		}
	}
	if !strings.Contains(string(files["aura/Desk/Desk.cmp-meta.xml"]), "<apiVersion>62.0</apiVersion>") {
		t.Errorf("description %s", files["aura/Desk/Desk.cmp-meta.xml"])
	}
	for _, tc := range []struct{ kind, name, user string }{
		{channelKind, "Desk", "AuraDefinitionBundle - Desk"}, {auraKind, "Desk", "FlexiPage - Bar"},
	} {
		gone := map[string]string{"package.xml": "<Package/>", "destructiveChanges.xml": manifestOf(tc.kind, tc.name)}
		_, status := s.soapDeploy(gone, rollback)
		if !strings.Contains(status, "Remove the usage and try again. : "+tc.user) {
			t.Errorf("%s removed under %s: %s", tc.kind, tc.user, status)
		}
	}
	_, status := s.soapDeploy(map[string]string{"package.xml": "<Package/>", "destructiveChanges.xml": `<Package>` +
		`<types><members>Desk</members><name>AuraDefinitionBundle</name></types><types><members>Bar</members><name>FlexiPage</name></types>` +
		`<types><members>Desk</members><name>LightningMessageChannel</name></types></Package>`}, rollback)
	if _, there, err := s.org.Component(t.Context(), auraKind, "Desk"); there || err != nil {
		t.Errorf("still there: %v %s", err, status)
	}
}

func TestAuraBundleInTheBackground(t *testing.T) {
	s := newSite(t)
	files := maps.Clone(deskFiles)
	files["aura/Desk/Desk.cmp"] = strings.Replace(deskComponent, "flexipage:availableForAllPageTypes", "lightning:backgroundUtilityItem", 1)
	files["flexipages/Bar.flexipage"] = strings.Replace(deskBar, "<type>Region</type>", "<type>Background</type>", 1)
	if _, status := s.soapDeploy(files, rollback); !strings.Contains(status, "<status>Succeeded</status>") {
		t.Error(status)
	}
}

func TestAuraBundleRefused(t *testing.T) {
	const component, bar = "aura/Desk/Desk.cmp", "flexipages/Bar.flexipage"
	for _, tc := range []struct {
		name, file, source, want string
	}{
		{"a base component that there is not", component, "<aura:component>\n<lightning:nope/></aura:component>",
			"No COMPONENT named markup://lightning:nope found : [markup://c:Desk]"},
		{"with the line", component, "<aura:component>\n<lightning:nope/></aura:component>", "<lineNumber>2</lineNumber>"},
		{"a channel that there is not", component, strings.Replace(deskComponent, "Desk__c", "Nope__c", 1),
			"no LightningMessageChannel named Nope__c"},
		{"a channel by its short name", component, strings.Replace(deskComponent, "Desk__c", "Desk", 1),
			"no LightningMessageChannel named Desk found"},
		{"a script that does not end", "aura/Desk/DeskController.js", "({", "Unexpected end of the file"},
		{"no description", "aura/Desk/Desk.cmp-meta.xml", "", "The file aura/Desk/Desk.cmp-meta.xml is missing"},
		{"a file in a folder below", "aura/Desk/more/x.js", "({})", "Unknown type of component"},
		{"a bar with a component that there is not", bar, strings.Replace(deskBar, "c:Desk", "c:Nope", 1),
			"design time component information for component c:Nope"},
		{"a bar with a component that is not for it", component, strings.Replace(deskComponent, "flexipage:availableForAllPageTypes", "", 1),
			"does not implement flexipage:availableForAllPageTypes"},
		{"a component that is shown, in the background", bar, strings.Replace(deskBar, "<type>Region</type>", "<type>Background</type>", 1),
			"does not implement lightning:backgroundUtilityItem"},
		{"a property that the design has not", bar, strings.Replace(deskBar, "<name>text</name>", "<name>nope</name>", 1),
			"The property nope isn&apos;t a design attribute"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite(t)
			files := maps.Clone(deskFiles)
			files[tc.file] = tc.source
			if tc.source == "" {
				delete(files, tc.file)
			}
			_, status := s.soapDeploy(files, rollback)
			if !strings.Contains(strings.ReplaceAll(status, "&#39;", "&apos;"), tc.want) {
				t.Errorf("%s lacks %q", status, tc.want)
			}
		})
	}
}
