package metadata

import (
	"strings"
	"testing"
)

// askFlow asks for a name and makes a contact of it.
const askFlow = `<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    <label>Ask</label>
    <processType>Flow</processType>
    <recordCreates>
        <name>Make</name>
        <label>Make</label>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <inputAssignments>
            <field>LastName</field>
            <value>
                <elementReference>who</elementReference>
            </value>
        </inputAssignments>
        <object>Contact</object>
    </recordCreates>
    <screens>
        <name>Who</name>
        <label>Who</label>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <connector>
            <targetReference>Make</targetReference>
        </connector>
        <fields>
            <name>who</name>
            <dataType>String</dataType>
            <fieldText>Last Name</fieldText>
            <fieldType>InputField</fieldType>
            <isRequired>true</isRequired>
        </fields>
    </screens>
    <start>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <connector>
            <targetReference>Who</targetReference>
        </connector>
    </start>
    <status>Active</status>
</Flow>
`

func (s *site) deployFlow(name, source string) deployed {
	s.t.Helper()
	return s.deploy(pack(s.t, map[string]string{"package.xml": manifestOf("Flow", name), "flows/" + name + ".flow": source}))
}

func TestAFlowIsDeployedReadAndDeleted(t *testing.T) {
	s := newSite(t)
	if d := s.deployFlow("Ask", askFlow); d.Result.Status != "Succeeded" {
		t.Fatalf("%+v", d.Result)
	}
	s.want(`<listMetadata><queries><type>Flow</type></queries><asOfVersion>67.0</asOfVersion></listMetadata>`,
		`<fileName>flows/Ask.flow</fileName><fullName>Ask</fullName><id>300`)
	s.want(`<readMetadata><type>Flow</type><fullNames>Ask</fullNames></readMetadata>`,
		`<fullName>Ask</fullName>.*<targetReference>Make</targetReference>.*<status>Active</status>`)
	s.want(`<describeMetadata><asOfVersion>67.0</asOfVersion></describeMetadata>`,
		`<directoryName>flows</directoryName>.*<suffix>flow</suffix><xmlName>Flow</xmlName>`)
	set := `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Askers</label><flowAccesses>` +
		`<enabled>true</enabled><flow>%</flow></flowAccesses></PermissionSet>`
	for flow, want := range map[string]string{"Ask": "Succeeded", "Nope": "Failed"} {
		d := s.deploy(pack(t, map[string]string{"package.xml": manifestOf("PermissionSet", "Askers"),
			"permissionsets/Askers.permissionset": strings.Replace(set, "%", flow, 1)}))
		if d.Result.Status != want {
			t.Errorf("access to %s: %+v", flow, d.Result)
		}
	}
	s.want(`<deleteMetadata><type>Flow</type><fullNames>Ask</fullNames></deleteMetadata>`,
		`insufficient access rights on cross-reference id: 301`)
	if d := s.deployFlow("Ask", strings.Replace(askFlow, "Active", "Obsolete", 1)); d.Result.Status != "Succeeded" {
		t.Fatalf("%+v", d.Result)
	}
	s.want(`<deleteMetadata><type>Flow</type><fullNames>Ask</fullNames></deleteMetadata>`, `<success>true</success>`)
	s.want(`<deleteMetadata><type>Flow</type><fullNames>Ask</fullNames></deleteMetadata>`, `no Flow named Ask found`)
	if got := s.audit(); !strings.Contains(got,
		"Created flow Ask by Ada B; Created permission set Askers by Ada B; Changed flow Ask by Ada B; Deleted flow Ask by Ada B") {
		t.Errorf("audit trail %s", got)
	}
}

func TestFlowsThatAreRefused(t *testing.T) {
	s := newSite(t)
	for _, tc := range []struct {
		name, flow, from, to, want string
		line                       int
	}{
		{"an element that the type has not", "Ask", "<label>Ask</label>", "<label>Ask</label><moon>1</moon>",
			"invalid at this location in type Flow", 3},
		{"no label", "Ask", "<label>Ask</label>", "", "Required field is missing: label", 1},
		{"a status that there is not", "Ask", "Active", "On", "'On' is not a valid value for the enum 'FlowVersionStatus'", 1},
		{"a name with a blank", "Ask me", "", "", "API name", 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := s.deployFlow(tc.flow, strings.Replace(askFlow, tc.from, tc.to, 1))
			if d.Result.Status != "Failed" || len(d.Result.Details.Failures) != 1 {
				t.Fatalf("%+v", d.Result)
			}
			if f := d.Result.Details.Failures[0]; !strings.Contains(f.Problem, tc.want) || f.Line != tc.line {
				t.Errorf("got %q at line %d, want %q at %d", f.Problem, f.Line, tc.want, tc.line)
			}
		})
	}
	wild := strings.Replace(askFlow, "<targetReference>Make<", "<targetReference>Nope<", 1)
	if d := s.deployFlow("Wild", wild); d.Result.Status != "Succeeded" {
		t.Errorf("what the elements of a flow name is not looked at: %+v", d.Result)
	}
}
