package phonesetup

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
)

const shed = `<apex:page><p>{!$User.Username}</p></apex:page>`

// shed puts a page in, and gives its id.
func (s *site) shed() string {
	s.t.Helper()
	if err := s.org.Transact(s.t.Context(), func(a *crm.Actor) error {
		return metadata.SavePage(s.t.Context(), a, metadata.PageSource{Name: "Shed", Label: "Shed", Markup: shed})
	}); err != nil {
		s.t.Fatal(err)
	}
	var all pagesOut
	s.ask("GET", "pages", "", 200, &all)
	if len(all.Pages) != 1 {
		s.t.Fatalf("%+v", all)
	}
	return all.Pages[0].ID
}

func (s *site) post(path string, body any, status int) string {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.ask("POST", path, string(text), status, nil)
}

func (s *site) trail() string {
	s.t.Helper()
	var lines []string
	if err := s.org.Transact(s.t.Context(), func(a *crm.Actor) error {
		found, err := a.Query(s.t.Context(), "SELECT Display FROM SetupAuditTrail ORDER BY Id", false)
		for _, r := range found.Records {
			lines = append(lines, r.Text("Display"))
		}
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(lines, "; ")
}

func TestPageIsEdited(t *testing.T) {
	s := open(t)
	id := s.shed()
	var p pageRow
	s.ask("GET", "pages/"+id, "", 200, &p)
	in := savePageIn{Label: "Bicycle shed", Description: "Where they stand", Markup: `<apex:page><b>{!$Organization.Id}</b></apex:page>`, LastModified: p.LastModified}
	for name, wrong := range map[string]struct {
		change func(*savePageIn)
		status int
		says   string
	}{
		"no label":             {func(in *savePageIn) { in.Label = " " }, 400, `"fields":["label"]`},
		"too long a label":     {func(in *savePageIn) { in.Label = strings.Repeat("x", 81) }, 400, `"fields":["label"]`},
		"markup with an error": {func(in *savePageIn) { in.Markup = "<apex:page>\n<p></apex:page>" }, 400, `must be terminated by the matching end-tag \"\u003c/p\u003e\"`},
		"an unknown property":  {func(in *savePageIn) { in.Markup = "<apex:page>{!$Nope.x}</apex:page>" }, 400, `"fields":["markup"]`},
		"an older form":        {func(in *savePageIn) { in.LastModified = "2020-01-01T00:00:00.000+0000" }, 409, "CONFLICT"},
	} {
		t.Run(name, func(t *testing.T) {
			given := in
			wrong.change(&given)
			if got := s.post("pages/"+id, given, wrong.status); !strings.Contains(got, wrong.says) {
				t.Errorf("%s, want %s", got, wrong.says)
			}
		})
	}
	s.post("pages/"+id, in, 200)
	s.post("pages/"+id, in, 409)
	s.ask("GET", "pages/"+id, "", 200, &p)
	if p.Label != in.Label || p.Description != in.Description || p.Markup != in.Markup || p.Name != "Shed" {
		t.Errorf("%+v", p)
	}
	c, _, err := s.org.Component(t.Context(), "ApexPage", "Shed")
	if body, _ := c.File(".page"); err != nil || string(body) != in.Markup || string(c.ID) != id {
		t.Errorf("the component has %s, %v", body, err)
	}
	if meta, _ := c.File("-meta.xml"); !strings.Contains(string(meta), "<apiVersion>67.0</apiVersion>\n    <description>Where they stand</description>\n    <label>Bicycle shed</label>") {
		t.Errorf("meta %s", meta)
	}
	if trail := s.trail(); !strings.HasSuffix(trail, "Changed Visualforce page Shed") {
		t.Errorf("trail %s", trail)
	}
	s.agent = true
	s.post("pages/"+id, in, 403)
	s.ask("DELETE", "pages/"+id, "", 403, nil)
	s.ask("GET", "pages/"+id+"/security", "", 403, nil)
	s.ask("GET", "pages/"+id+"/uses", "", 403, nil)
}

func TestPageSecurity(t *testing.T) {
	s := open(t)
	id := s.shed()
	may := func() bool {
		t.Helper()
		u, err := s.org.UserByName(t.Context(), "agent@x.example")
		if err != nil {
			t.Fatal(err)
		}
		agent, err := s.org.As(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		return agent.MayOpenPage(crm.RecordID(id))
	}
	read := func() (profile string, was grants) {
		t.Helper()
		var out securityOut
		s.ask("GET", "pages/"+id+"/security", "", 200, &out)
		for _, p := range out.Profiles {
			if p.Label == "Standard User" {
				profile = p.ID
			}
		}
		return profile, grants{enabled(out.Profiles), enabled(out.Sets)}
	}
	profile, was := read()
	if may() || len(was.Profiles) != 0 {
		t.Fatalf("before: %v %+v", may(), was)
	}
	s.post("pages/"+id+"/security", saveSecurityIn{grants{[]string{profile}, []string{}}, was}, 200)
	if !may() {
		t.Error("the profile does not let its users in")
	}
	s.post("pages/"+id+"/security", saveSecurityIn{grants{[]string{}, []string{}}, was}, 409)
	_, was = read()
	if len(was.Profiles) != 1 || was.Profiles[0] != profile {
		t.Errorf("%+v", was)
	}
	s.post("pages/"+id+"/security", saveSecurityIn{grants{[]string{"00e000000000000AAA"}, []string{}}, was}, 400)
	s.post("pages/"+id+"/security", saveSecurityIn{grants{[]string{}, []string{}}, was}, 200)
	if may() {
		t.Error("the agent still gets in")
	}
	if trail := s.trail(); !strings.HasSuffix(trail, "Access to Visualforce page Shed granted to profile Standard User; Access to Visualforce page Shed removed from profile Standard User") {
		t.Errorf("trail %s", trail)
	}
}

func TestPageInUseStays(t *testing.T) {
	s := open(t)
	id := s.shed()
	put := func(c crm.Component, drop bool) {
		t.Helper()
		if err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
			if drop {
				return a.DropComponent(t.Context(), c.Type, c.FullName)
			}
			return a.PutComponent(t.Context(), c)
		}); err != nil {
			t.Fatal(err)
		}
	}
	tab := crm.Component{Type: "CustomTab", FullName: "Shed", Files: map[string][]byte{"tabs/Shed.tab": []byte(`<CustomTab xmlns="http://soap.sforce.com/2006/04/metadata"><label>Shed</label><page>Shed</page></CustomTab>`)}}
	put(tab, false)
	if got := s.ask("GET", "pages/"+id+"/uses", "", 200, nil); !strings.Contains(got, `"uses":[{"type":"Tab","name":"Shed"}]`) {
		t.Errorf("uses %s", got)
	}
	if got := s.ask("DELETE", "pages/"+id, "", 400, nil); !strings.Contains(got, "This Visualforce page is referenced elsewhere in salesforce.com. Remove the usage and try again. : CustomTab - Shed.") {
		t.Errorf("refusal %s", got)
	}
	s.ask("GET", "pages/"+id, "", 200, nil)
	put(tab, true)
	s.ask("DELETE", "pages/"+id, "", 200, nil)
	s.ask("GET", "pages/"+id, "", 404, nil)
	s.ask("DELETE", "pages/"+id, "", 404, nil)
	if c, there, err := s.org.Component(t.Context(), "ApexPage", "Shed"); there || err != nil {
		t.Errorf("%+v %v", c, err)
	}
	if trail := s.trail(); !strings.HasSuffix(trail, "Deleted Visualforce page Shed") {
		t.Errorf("trail %s", trail)
	}
}
