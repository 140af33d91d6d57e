package setup

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// form is what the builder sends when nobody changed anything.
func (o appOut) form() appIn {
	return appIn{Utilities: slices.Clone(o.Utilities), Tabs: slices.Clone(o.Tabs), Profiles: o.Profiles, Revision: o.Revision}
}

func (s *site) app(name string) appOut {
	s.t.Helper()
	var out appOut
	s.ask("GET", "apps/"+name, "", 200, &out)
	return out
}

// source is a component's file as the org keeps it.
func (s *site) source(kind, name, suffix string) string {
	s.t.Helper()
	c, _, err := s.org.Component(s.t.Context(), kind, name)
	if err != nil {
		s.t.Fatal(err)
	}
	body, _ := c.File(suffix)
	return string(body)
}

// An app and its bar with what the builder does not know: before, between and after what it does.
const (
	deployedApp = `<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <actionOverrides>
        <actionName>View</actionName>
        <comment>Action override &lt;made&gt; by hand</comment>
        <content>Account_Page</content>
        <formFactor>Large</formFactor>
        <skipRecordTypeSelect>false</skipRecordTypeSelect>
        <type>Flexipage</type>
        <pageOrSobjectType>Account</pageOrSobjectType>
    </actionOverrides>
    <brand>
        <headerColor>#0070D2</headerColor>
        <logo>Kite</logo>
        <logoVersion>1</logoVersion>
        <shouldOverrideOrgTheme>false</shouldOverrideOrgTheme>
    </brand>
    <description>For the desk</description>
    <formFactors>Small</formFactors>
    <formFactors>Large</formFactors>
    <isNavAutoTempTabsDisabled>false</isNavAutoTempTabsDisabled>
    <isOmniPinnedViewEnabled>false</isOmniPinnedViewEnabled>
    <label>Desk</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>standard-report</tabs>
    <tabs>standard-Contact</tabs>
    <uiType>Lightning</uiType>
    <utilityBar>Desk_Bar</utilityBar>
    <workspaceConfig>
        <mappings>
            <tab>standard-Contact</tab>
        </mappings>
    </workspaceConfig>
</CustomApplication>
`
	deployedBar = `<?xml version="1.0" encoding="UTF-8"?>
<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
        <itemInstances>
            <componentInstance>
                <componentInstanceProperties>
                    <name>hideHeaderActions</name>
                    <value>true</value>
                </componentInstanceProperties>
                <componentInstanceProperties>
                    <name>label</name>
                    <type>decorator</type>
                    <value>Notes</value>
                </componentInstanceProperties>
                <componentName>notes:utility</componentName>
                <identifier>first</identifier>
            </componentInstance>
        </itemInstances>
        <itemInstances>
            <componentInstance>
                <componentInstanceProperties>
                    <name>label</name>
                    <type>decorator</type>
                    <value>Other notes</value>
                </componentInstanceProperties>
                <componentInstanceProperties>
                    <name>width</name>
                    <type>decorator</type>
                    <value>400</value>
                </componentInstanceProperties>
                <componentName>notes:utility</componentName>
                <identifier>second</identifier>
                <visibilityRule>
                    <criteria>
                        <leftValue>{!$Permission.CustomPermission.X}</leftValue>
                        <operator>EQUAL</operator>
                        <rightValue>true</rightValue>
                    </criteria>
                </visibilityRule>
            </componentInstance>
        </itemInstances>
        <name>utilityItems</name>
        <type>Region</type>
    </flexiPageRegions>
    <flexiPageRegions>
        <name>backgroundComponents</name>
        <type>Background</type>
    </flexiPageRegions>
    <masterLabel>Desk Bar</masterLabel>
    <template>
        <name>one:utilityBarTemplateDesktop</name>
        <properties>
            <name>isLeftAligned</name>
            <value>true</value>
        </properties>
    </template>
    <type>UtilityBar</type>
</FlexiPage>
`
)

func (s *site) deployDesk() {
	s.t.Helper()
	if err := s.org.Transact(s.t.Context(), func(a *crm.Actor) error {
		return s.deploys.Apply(s.t.Context(), a, map[string][]byte{"applications/Desk.app": []byte(deployedApp),
			"flexipages/Desk_Bar.flexipage": []byte(deployedBar)})
	}); err != nil {
		s.t.Fatal(err)
	}
}

func TestASaveOfNothingChangesNoByte(t *testing.T) {
	s := open(t)
	s.deployDesk()
	for _, name := range []string{"Desk", serviceConsole} {
		before := s.source("CustomApplication", name, ".app") + s.source("FlexiPage", "Desk_Bar", ".flexipage")
		s.post("apps/"+name, s.app(name).form(), 200)
		if after := s.source("CustomApplication", name, ".app") + s.source("FlexiPage", "Desk_Bar", ".flexipage"); after != before {
			t.Errorf("%s became\n%s", name, after)
		}
	}
	if got := s.source("CustomApplication", "Desk", ".app") + s.source("FlexiPage", "Desk_Bar", ".flexipage"); got != deployedApp+deployedBar {
		t.Errorf("the deployment itself changed the files:\n%s", got)
	}
}

func TestWhatTheBuilderDoesNotKnowStaysInItsPlace(t *testing.T) {
	s := open(t)
	s.deployDesk()
	in := s.app("Desk").form()
	in.Tabs = []string{"standard-Contact", "standard-report", "standard-Case"}
	in.Utilities[0], in.Utilities[1] = in.Utilities[1], in.Utilities[0]
	in.Utilities[0].Eager, in.Utilities[1].Icon = true, "note"
	s.post("apps/Desk", in, 200)

	wantApp := strings.Replace(deployedApp,
		"    <tabs>standard-home</tabs>\n    <tabs>standard-report</tabs>\n    <tabs>standard-Contact</tabs>\n",
		"    <tabs>standard-Contact</tabs>\n    <tabs>standard-report</tabs>\n    <tabs>standard-Case</tabs>\n", 1)
	if got := s.source("CustomApplication", "Desk", ".app"); got != wantApp {
		t.Errorf("the app is\n%s\nwant\n%s", got, wantApp)
	}
	first, rest, _ := strings.Cut(deployedBar, "        <itemInstances>\n")
	notes, rest, _ := strings.Cut(rest, "        <itemInstances>\n")
	other, last, _ := strings.Cut(rest, "        <name>utilityItems")
	property := func(name, value string) string {
		return "                <componentInstanceProperties>\n                    <name>" + name +
			"</name>\n                    <type>decorator</type>\n                    <value>" + value +
			"</value>\n                </componentInstanceProperties>\n"
	}
	other = strings.Replace(other, "            <componentInstance>\n", "            <componentInstance>\n"+property("eager", "true"), 1)
	notes = strings.Replace(notes, property("label", "Notes"), property("icon", "note")+property("label", "Notes"), 1)
	wantBar := first + "        <itemInstances>\n" + other + "        <itemInstances>\n" + notes + "        <name>utilityItems" + last
	if got := s.source("FlexiPage", "Desk_Bar", ".flexipage"); got != wantBar {
		t.Errorf("the bar is\n%s\nwant\n%s", got, wantBar)
	}
	if got := s.trail(); got != "Changed Lightning app Desk" {
		t.Errorf("audit trail %q", got)
	}
}

func TestUtilityBarOfTheConsole(t *testing.T) {
	s := open(t)
	a := s.app(serviceConsole)
	save := func(change func(*appIn), status int) string {
		t.Helper()
		in := a.form()
		in.Utilities = []utility{{Component: softphone, Label: "Phone", Icon: "call", Width: 340, Height: 480}}
		change(&in)
		return s.post("apps/"+serviceConsole, in, status)
	}
	for name, change := range map[string]func(*appIn){
		"no label":                    func(in *appIn) { in.Utilities[0].Label = " " },
		"a panel without a width":     func(in *appIn) { in.Utilities[0].Width = 0 },
		"a tab that is not there":     func(in *appIn) { in.Tabs = append(in.Tabs, "Nope__c") },
		"a tab twice":                 func(in *appIn) { in.Tabs = append(in.Tabs, in.Tabs[0]) },
		"no navigation items":         func(in *appIn) { in.Tabs = nil },
		"a profile that is not there": func(in *appIn) { in.Profiles = []string{"00e000000000099"} },
	} {
		t.Run(name, func(t *testing.T) {
			if got := save(change, 400); !strings.Contains(got, `"fields":["`) {
				t.Errorf("no field is named: %s", got)
			}
		})
	}
	save(func(in *appIn) { in.Utilities[0].Key = "7" }, 400)
	save(func(*appIn) {}, 200)
	save(func(*appIn) {}, 409) // the form is older than the app now
	if got := s.ask("GET", "/lightning/api/bootstrap", "", 200, nil); !strings.Contains(got,
		`"component":"opencti:softPhone","label":"Phone"`) {
		t.Errorf("the console does not have the item: %.300s", got)
	}
	s.agent = true
	s.post("apps/"+serviceConsole, a.form(), 403)
}

// An app without a bar gets one that is its own, and is shown to the profiles that were chosen.
func TestABarAndProfilesForAnApp(t *testing.T) {
	s := open(t)
	const bare = `<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata"><label>Front ` +
		`Desk</label><navType>Console</navType><tabs>standard-home</tabs><uiType>Lightning</uiType></CustomApplication>`
	if err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
		return s.deploys.Apply(t.Context(), a, map[string][]byte{"applications/Front_Desk.app": []byte(bare)})
	}); err != nil {
		t.Fatal(err)
	}
	have := s.app("Front_Desk")
	in := have.form()
	in.Utilities = []utility{{Component: softphone, Label: "Phone", Icon: "call", Width: 340, Height: 480, Eager: true}}
	in.Profiles = []string{have.AllProfiles[0].Name}
	s.post("apps/Front_Desk", in, 200)
	if made := s.app("Front_Desk"); len(made.Utilities) != 1 || !made.Utilities[0].Eager || !slices.Equal(made.Profiles, in.Profiles) {
		t.Errorf("saved %+v", made)
	}
	if got := s.source("FlexiPage", "Front_Desk_UtilityBar", ".flexipage"); !strings.Contains(got, softphone) {
		t.Errorf("its bar is %s", got)
	}
}

// A save whose audit entry cannot be written is no save.
func TestASaveAndItsAuditEntryAreOne(t *testing.T) {
	s := open(t)
	before := s.source("CustomApplication", serviceConsole, ".app")
	err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
		f, err := loadApp(t.Context(), a, serviceConsole)
		if err != nil {
			return err
		}
		in := f.out().form()
		in.Tabs = in.Tabs[:1]
		too := strings.Repeat("x", 300) // longer than the trail's field for it
		return (&server{s.cfg}).keepApp(t.Context(), a, f, in, entry{too, "Application", "Changed"})
	})
	if err == nil {
		t.Fatal("the trail took an action that is too long")
	}
	if after := s.source("CustomApplication", serviceConsole, ".app"); !bytes.Equal([]byte(before), []byte(after)) {
		t.Errorf("the app was saved: %s", after)
	}
}
