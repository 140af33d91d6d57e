package tooling

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// paperShelf offers one package and remembers what was installed.
type paperShelf struct{ installed []Install }

const offered = schema.RecordID("04tPc0000000001AAA")

func (*paperShelf) Offered(context.Context) ([]Version, error) {
	return []Version{{ID: schema.To18(string(offered[:15])), Package: "033Pc0000000001AAA", Name: "v1", PackageName: "Rides", Major: 1}}, nil
}
func (*paperShelf) Installed(context.Context) ([]Installed, error)                      { return nil, nil }
func (p *paperShelf) Status(context.Context) ([]Install, error)                         { return p.installed, nil }
func (p *paperShelf) Uninstall(context.Context, schema.RecordID, schema.RecordID) error { return nil }
func (p *paperShelf) Install(_ context.Context, _ schema.RecordID, r Request) (schema.RecordID, error) {
	id := schema.To18("0HfPc0000000001")
	p.installed = append(p.installed, Install{ID: id, Status: "IN_PROGRESS", Request: r})
	return id, nil
}

// site asks as the administrator unless agent is set.
type site struct {
	t     *testing.T
	org   *crm.Org
	api   *API
	agent bool
}

func newSite(t *testing.T) *site {
	t.Helper()
	org, err := crmtest.Open(t, crm.Config{
		Dir: t.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Origin: "http://localhost:8080", VisualforceOrigin: "http://localhost:8081",
		Users: []crm.SeedUser{
			{Username: "admin@x.example", FirstName: "Ada", LastName: "B", Alias: "a", Password: "p", Administrator: true},
			{Username: "agent@x.example", FirstName: "Amelia", LastName: "O", Alias: "b", Password: "p"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	err = org.Transact(t.Context(), func(a *crm.Actor) error {
		for name, status := range map[string]string{"Intake": "Active", "Old": "Obsolete"} {
			source := "<Flow><apiVersion>67.0</apiVersion><label>" + name +
				" calls</label><processType>Flow</processType><status>" + status + "</status></Flow>"
			if err := a.PutComponent(t.Context(), records.Component{Type: "Flow", FullName: name,
				Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}}); err != nil {
				return err
			}
		}
		return a.PutComponent(t.Context(), records.Component{Type: "FlexiPage", FullName: "Bar",
			Files: map[string][]byte{"flexipages/Bar.flexipage": []byte("<FlexiPage><masterLabel>Bar of " +
				"tools</masterLabel><type>UtilityBar</type></FlexiPage>")}})
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, org: org}
	s.api = New(Config{Org: org, Packages: &paperShelf{}, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			name := "admin@x.example"
			if s.agent {
				name = "agent@x.example"
			}
			u, err := org.People.UserByName(r.Context(), name)
			return u.ID, err
		}})
	return s
}

func (s *site) ask(method, path, body string) string {
	rec := httptest.NewRecorder()
	s.api.Handler().ServeHTTP(rec, httptest.NewRequest(method, "/services/data/v67.0/tooling/"+path, strings.NewReader(body)))
	return rec.Body.String()
}

func TestQueries(t *testing.T) {
	s := newSite(t)
	for _, tc := range []struct{ query, want string }{
		{"SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND " +
			"QualifiedApiName = 'lastname'", `"QualifiedApiName":"LastName","DataType":"Text"`},
		{"SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName IN ('Lead', 'Case') ORDER BY " +
			"QualifiedApiName DESC LIMIT 1", `"QualifiedApiName":"Lead"`},
		{"SELECT COUNT() FROM EntityDefinition WHERE QualifiedApiName LIKE 'C_se' OR QualifiedApiName LIKE 'Lea%'", `"totalSize":2`},
		{"SELECT QualifiedApiName FROM EntityDefinition WHERE NOT QualifiedApiName != 'Lead'", `"totalSize":1`},
		{"SELECT ApiName, Label, ProcessType, IsActive FROM FlowDefinitionView WHERE IsActive = true",
			`"ApiName":"Intake","Label":"Intake calls","ProcessType":"Flow","IsActive":true}]`},
		{"SELECT ApiName, ActiveVersionId FROM FlowDefinitionView WHERE ApiName = 'Old'", `"ApiName":"Old","ActiveVersionId":null`},
		{"SELECT MasterLabel, Status, Definition.DeveloperName FROM Flow WHERE Status = 'Obsolete'",
			`"MasterLabel":"Old calls","Status":"Obsolete","Definition":{"attributes":{"type":"Definition"},"DeveloperName":"Old"}`},
		{"SELECT VersionNumber FROM FlowVersionView WHERE FlowDefinitionView.ApiName = 'Intake'", `"VersionNumber":1`},
		{"SELECT DeveloperName, LatestVersion.VersionNumber FROM FlowDefinition ORDER BY DeveloperName LIMIT 1", `"DeveloperName":"Intake"`},
		{"SELECT DeveloperName, Type FROM FlexiPage", `"DeveloperName":"Bar","Type":"UtilityBar"`},
		{"SELECT Name FROM Profile ORDER BY Name LIMIT 1", `"Name":"Standard User"`},
		{"SELECT Nope FROM FlexiPage", "INVALID_FIELD"},
		{"SELECT Id FROM SourceMember", "INVALID_TYPE"},
		{"SELECT", "MALFORMED_QUERY"},
	} {
		if got := s.ask(http.MethodGet, "query?q="+url.QueryEscape(tc.query), ""); !strings.Contains(got, tc.want) {
			t.Errorf("%s\n got %s\nwant %s", tc.query, got, tc.want)
		}
	}
	s.agent = true
	if got := s.ask(http.MethodGet, "query?q="+url.QueryEscape("SELECT Id FROM FlexiPage"), ""); !strings.Contains(got, "INVALID_TYPE") {
		t.Errorf("without View Setup: %s", got)
	}
}

func TestAddressesAsPublishedClientsWriteThem(t *testing.T) {
	s := newSite(t)
	q := func(path, soql string) string { return path + "?q=" + url.QueryEscape(soql) }
	for _, tc := range []struct{ path, want string }{
		{q("query/", "SELECT DeveloperName FROM FlexiPage"), `"DeveloperName":"Bar"`},
		{q("/query//", "SELECT DeveloperName FROM FlexiPage"), `"DeveloperName":"Bar"`},
		{q("queryAll/", "SELECT Name FROM Profile ORDER BY Name LIMIT 1"), `"Name":"Standard User"`},
		{"sobjects/", `"sobjects":[`},
		{"sobjects/FlexiPage/describe/", `"name":"FlexiPage"`},
		{"", `"query":"/services/data/v67.0/tooling/query"`},
		{q("query/", "SELECT Id, Name FROM Profile") + "&columns=true", `"columnName":"Name"`},
		{
			q("query", "SELECT Id, Name, Profile.Name FROM User") + "&columns=true",
			`"entityName":"User","groupBy":false,"idSelected":true,"keyPrefix":"005"`,
		},
		{q("query", "SELECT COUNT() FROM FlexiPage") + "&columns=true", `"aggregate":true`},
		{q("query", "SELECT Nope FROM Profile") + "&columns=true", "INVALID_FIELD"},
	} {
		if got := s.ask(http.MethodGet, tc.path, ""); !strings.Contains(got, tc.want) {
			t.Errorf("%s\n got %s\nwant %s", tc.path, got, tc.want)
		}
	}
}

func TestPackages(t *testing.T) {
	s := newSite(t)
	body := `{"SubscriberPackageVersionKey":"04tPc0000000001","SecurityType":"None"}`
	if got := s.ask(http.MethodPost, "sobjects/PackageInstallRequest", body); !strings.Contains(got, `"success":true`) {
		t.Error(got)
	}
	if got := s.ask(http.MethodGet, "sobjects/PackageInstallRequest/0HfPc0000000001", ""); !strings.Contains(got, `"Status":"IN_PROGRESS"`) {
		t.Error(got)
	}
	if got := s.ask(http.MethodPost, "sobjects/PackageInstallRequest",
		`{"SubscriberPackageVersionKey":"04t000000000009"}`); !strings.Contains(got, "INVALID_CROSS_REFERENCE_KEY") {
		t.Errorf("a version that nobody offers: %s", got)
	}
	if got := s.ask(http.MethodPost, "sobjects/SubscriberPackageVersionUninstallRequest",
		`{"SubscriberPackageVersionId":"04tPc0000000001"}`); !strings.Contains(got, "INVALID_CROSS_REFERENCE_KEY") {
		t.Errorf("a package that is not installed: %s", got)
	}
	s.agent = true
	if got := s.ask(http.MethodPost, "sobjects/PackageInstallRequest", body); !strings.Contains(got, "INSUFFICIENT_ACCESS") {
		t.Errorf("an agent installs: %s", got)
	}
}

func TestSourceTrackingIsNotOffered(t *testing.T) {
	s := newSite(t)
	if got := s.ask(http.MethodGet, "sobjects/SourceMember/describe", ""); !strings.Contains(got, "The requested resource does not exist") {
		t.Error(got)
	}
}

func TestApexSaysTheHostsAndNothingElse(t *testing.T) {
	s := newSite(t)
	run := func(apex string) string {
		return s.ask(http.MethodGet, "executeAnonymous/?anonymousBody="+url.QueryEscape(apex), "")
	}
	hosts := `throw new IllegalArgumentException('hosts ' + System.DomainCreator.getLightningHostname() + ` +
		`' ' + System.DomainCreator.getVisualforceHostname(null));`
	want := `"compiled":true,"success":false,"compileProblem":null,` +
		`"exceptionStackTrace":"AnonymousBlock: line 1, column 1","exceptionMessage":` +
		`"System.IllegalArgumentException: hosts localhost:8080 localhost:8081"`
	if got := run(hosts); !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for _, other := range []string{
		"", "System.debug('x');", "throw new IllegalArgumentException('x');",
		strings.Replace(hosts, "' '", "UserInfo.getUserName()", 1),
		hosts + " delete [SELECT Id FROM Account];",
	} {
		if got := run(other); !strings.Contains(got, `"errorCode":"FUNCTIONALITY_NOT_ENABLED"`) {
			t.Errorf("%q: %s", other, got)
		}
	}
	s.agent = true
	if got := run(hosts); !strings.Contains(got, "INSUFFICIENT_ACCESS") {
		t.Errorf("an agent: %s", got)
	}
}
