package metadata

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// call posts one operation by SOAP.
func (s *site) call(body string) string {
	s.t.Helper()
	rec := httptest.NewRecorder()
	s.api.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/services/Soap/m/67.0", strings.NewReader(
		`<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" `+
			`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Header><SessionHeader `+
			`xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>x</sessionId></SessionHeader></e:Header>
<e:Body>`+body+`</e:Body></e:Envelope>`)))
	return rec.Body.String()
}

func (s *site) want(body, pattern string) string {
	s.t.Helper()
	got := s.call(body)
	found := regexp.MustCompile(`(?s)` + pattern).FindStringSubmatch(got)
	if found == nil {
		s.t.Fatalf("%.300s\n got %s\nwant %s", body, got, pattern)
	}
	return found[len(found)-1]
}

// soapDeploy deploys files and gives the last answer of checkDeployStatus.
func (s *site) soapDeploy(files map[string]string, options string) (id, status string) {
	s.t.Helper()
	id = s.want(`<deploy><ZipFile>`+base64.StdEncoding.EncodeToString(pack(s.t,
		files))+`</ZipFile><DeployOptions>`+options+`</DeployOptions></deploy>`, `<done>false</done><id>(0Af\w{15})</id>`)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		status = s.call(`<checkDeployStatus><asyncProcessId>` + id + `</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`)
		if strings.Contains(status, "<done>true</done>") {
			return id, status
		}
	}
	s.t.Fatalf("never done: %s", status)
	return "", ""
}

func (s *site) has(object string) bool { _, ok := s.org.Schema().Object(object); return ok }

// audit is the setup audit trail, oldest first.
func (s *site) audit() string {
	s.t.Helper()
	u, err := s.org.People.UserByName(s.t.Context(), "admin@x.example")
	if err != nil {
		s.t.Fatal(err)
	}
	actor, err := s.org.As(s.t.Context(), u.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	found, err := actor.Query(s.t.Context(), "SELECT Display, CreatedBy.Name FROM SetupAuditTrail ORDER BY Id", false)
	if err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	for _, r := range found.Records {
		by, _ := r.Get("CreatedBy").(*records.Record)
		lines = append(lines, r.Text("Display")+" by "+by.Text("Name"))
	}
	return strings.Join(lines, "; ")
}

const rollback = `<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>`

func TestSOAPRoundTrip(t *testing.T) {
	s := newSite(t)
	const layout = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Layout " +
		"xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <showEmailCheckbox>false</showEmailCheckbox>\n</Layout>\n"
	_, status := s.soapDeploy(map[string]string{"package.xml": manifestOf("CustomObject", "Ride__c"),
		"objects/Ride__c.object": ride, "layouts/Ride__c-Ride Layout.layout": layout}, rollback)
	for _, want := range []string{
		`<componentType>CustomField</componentType><created>true</created>`,
		`<fileName>objects/Ride__c.object</fileName><fullName>Ride__c.Gear__c</fullName><id>00N`,
		`<componentType></componentType>`, `<status>Succeeded</status><success>true</success>`,
	} {
		if !strings.Contains(status, want) {
			t.Errorf("%s lacks %s", status, want)
		}
	}
	if _, status = s.soapDeploy(map[string]string{"package.xml": manifestOf("Layout", "Ride__c-Ride Layout"),
		"layouts/Ride__c-Ride Layout.layout": layout}, rollback); !strings.Contains(status,
		"<changed>false</changed><componentType>Layout</componentType><created>false</created>") {
		t.Errorf("the same again changes nothing: %s", status)
	}
	id := s.want(`<retrieve><request><apiVersion>67.0</apiVersion><unpackaged><types><members>*</members>`+
		`<name>Layout</name></types><types><members>Ride__c</members><members>Nope__c</members><name>CustomObject</name>`+
		`</types><version>67.0</version></unpackaged></request></retrieve>`, `<id>(09S\w{15})</id>`)
	zip := s.want(`<checkRetrieveStatus><asyncProcessId>`+id+`</asyncProcessId></checkRetrieveStatus>`,
		`Entity of type &#39;CustomObject&#39; named &#39;Nope__c&#39; cannot be found.*<success>true</success><zipFile>([^<]+)</zipFile>`)
	raw, err := base64.StdEncoding.DecodeString(zip)
	if err != nil {
		t.Fatal(err)
	}
	files, err := unpack(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(files["unpackaged/layouts/Ride__c-Ride Layout.layout"]); got != layout {
		t.Errorf("layout came back as\n%s", got)
	}
	if got := string(files["unpackaged/objects/Ride__c.object"]); !strings.Contains(got,
		"    <fields>\n        <fullName>Gear__c</fullName>\n        <label>Gear</label>") {
		t.Errorf("object came back as\n%s", got)
	}
}

func TestDeletions(t *testing.T) {
	s := newSite(t)
	empty := `<Package><version>67.0</version></Package>`
	s.soapDeploy(map[string]string{"package.xml": manifestOf("CustomObject", "Ride__c"), "objects/Ride__c.object": ride}, rollback)
	_, status := s.soapDeploy(map[string]string{"package.xml": empty,
		"destructiveChanges.xml": manifestOf("CustomField", "Ride__c.Gear__c")}, rollback)
	o, _ := s.org.Schema().Object("Ride__c")
	if _, still := o.Field("Gear__c"); still || !strings.Contains(status, "<deleted>true</deleted>") {
		t.Errorf("field still there %v: %s", still, status)
	}
	if _, status = s.soapDeploy(map[string]string{"package.xml": empty,
		"destructiveChangesPost.xml": manifestOf("CustomObject", "Ride__c")}, rollback); s.has("Ride__c") {
		t.Errorf("object still there: %s", status)
	}
	gone := map[string]string{"package.xml": empty, "destructiveChangesPost.xml": manifestOf("CustomObject", "Ride__c")}
	if _, status = s.soapDeploy(gone, rollback); !strings.Contains(status, "No CustomObject named: Ride__c found") ||
		!strings.Contains(status, "<status>Failed</status>") {
		t.Errorf("what is not there: %s", status)
	}
	if _, status = s.soapDeploy(gone, rollback+"<ignoreWarnings>true</ignoreWarnings>"); !strings.Contains(status,
		"<problemType>Warning</problemType>") || !strings.Contains(status, "<status>Succeeded</status>") {
		t.Errorf("what is not there, warnings ignored: %s", status)
	}
}

func TestPartialValidateAndQuick(t *testing.T) {
	s := newSite(t)
	mixed := map[string]string{"package.xml": `<Package><version>67.0</version></Package>`,
		"objects/Ride__c.object": ride, "tabs/Ride__c.tab": `<CustomTab><nonsense/></CustomTab>`}
	if _, status := s.soapDeploy(mixed, rollback); s.has("Ride__c") ||
		!strings.Contains(status, "Element {http://soap.sforce.com/2006/04/metadata}nonsense invalid at this location in "+
			"type CustomTab") || !strings.Contains(status, "<columnNumber>12</columnNumber>") {
		t.Errorf("rolled back: %s", status)
	}
	good := map[string]string{"package.xml": mixed["package.xml"], "objects/Ride__c.object": ride}
	id, status := s.soapDeploy(good, rollback+"<checkOnly>true</checkOnly>")
	if s.has("Ride__c") || !strings.Contains(status, "<status>Succeeded</status>") {
		t.Fatalf("validation keeps nothing: %s", status)
	}
	quick := s.want(`<deployRecentValidation><validationId>`+id+`</validationId></deployRecentValidation>`, `<result>(0Af\w+)</result>`)
	if err := s.api.Wait(t.Context(), quick); err != nil || !s.has("Ride__c") {
		t.Errorf("quick deployment: %v", err)
	}
	if got := s.audit(); got != "Created custom object Ride__c by Ada B" {
		t.Errorf("the audit trail knows %q", got)
	}
	s.want(`<deployRecentValidation><validationId>`+quick+`</validationId></deployRecentValidation>`, `is not a successful validation`)
	s.want(`<cancelDeploy><String>`+quick+`</String></cancelDeploy>`, `Deployment already completed`)
	mixed["objects/Bike__c.object"] = strings.ReplaceAll(ride, "Ride", "Bike")
	if _, status := s.soapDeploy(mixed, "<singlePackage>true</singlePackage>"); !s.has("Bike__c") ||
		!strings.Contains(status, "<status>SucceededPartial</status>") {
		t.Errorf("without rollback the good stays: %s", status)
	}
}

func TestSingleComponents(t *testing.T) {
	s := newSite(t)
	object := `<metadata xsi:type="CustomObject"><fullName>Ride__c</fullName><label>Ride</label>` +
		`<pluralLabel>Rides</pluralLabel><nameField><label>Ride</label><type>Text</type></nameField>` +
		`<sharingModel>ReadWrite</sharingModel></metadata>`
	s.want(`<createMetadata>`+object+`</createMetadata>`, `<fullName>Ride__c</fullName><success>true</success>`)
	s.want(`<createMetadata>`+object+`</createMetadata>`,
		`<statusCode>DUPLICATE_DEVELOPER_NAME</statusCode></errors><fullName>Ride__c</fullName><success>false</success>`)
	field := `<metadata xsi:type="CustomField"><fullName>Ride__c.Gear__c</fullName><label>Gear</label>` +
		`<length>20</length><type>Text</type></metadata>`
	s.want(`<updateMetadata>`+field+`</updateMetadata>`, `INVALID_CROSS_REFERENCE_KEY`)
	s.want(`<upsertMetadata>`+field+`</upsertMetadata>`, `<created>true</created><fullName>Ride__c.Gear__c</fullName><success>true</success>`)
	s.want(`<upsertMetadata>`+strings.Replace(field, "<length>20", "<length>999", 1)+`</upsertMetadata>`,
		`Text Length must be between 1 and 255.*<success>false`)
	s.want(`<readMetadata><type>CustomField</type><fullNames>Ride__c.Gear__c</fullNames>`+
		`<fullNames>Ride__c.No__c</fullNames></readMetadata>`,
		`<records xsi:type="CustomField"><fullName>Ride__c.Gear__c</fullName>.*<length>20</length>.*<records xsi:nil="true"/>`)
	s.want(`<createMetadata><metadata xsi:type="ApexPage"><fullName>Ring</fullName><apiVersion>67.0</apiVersion>
<content>`+base64.StdEncoding.EncodeToString([]byte("<apex:page/>"))+`</content><label>Ring</label></metadata>
</createMetadata>`, `<success>true</success>`)
	s.want(`<renameMetadata><type>ApexPage</type><oldFullName>Ring</oldFullName><newFullName>Bell</newFullName>`+
		`</renameMetadata>`, `<success>true</success>`)
	s.want(`<readMetadata><type>ApexPage</type><fullNames>Bell</fullNames></readMetadata>`,
		`<content>`+regexp.QuoteMeta(base64.StdEncoding.EncodeToString([]byte("<apex:page/>")))+`</content>`)
	s.want(`<listMetadata><queries><type>ApexPage</type></queries><asOfVersion>67.0</asOfVersion></listMetadata>`,
		`<fileName>pages/Bell.page</fileName><fullName>Bell</fullName><id>066`)
	s.want(`<deleteMetadata><type>CustomObject</type><fullNames>Ride__c</fullNames></deleteMetadata>`, `<success>true</success>`)
	if s.has("Ride__c") {
		t.Error("the object stayed")
	}
	s.want(`<readMetadata><type>CustomApplication</type><fullNames>standard__LightningService</fullNames></readMetadata>`,
		`<label>Service Console</label>`)
	s.want(`<readMetadata><type>OmniChannelSettings</type><fullNames>OmniChannel</fullNames></readMetadata>`,
		`<records xsi:type="OmniChannelSettings"><fullName>OmniChannel</fullName>.*<enableOmniChannel>`)
	s.want(`<describeMetadata/>`, `<childXmlNames>CustomField</childXmlNames>.*<directoryName>objects</directoryName>`)
	s.want(`<describeValueType><type>{http://soap.sforce.com/2006/04/metadata}CustomTab</type></describeValueType>`, `<name>motif</name>`)
	s.want(`<listMetadata><queries><type>Nope</type></queries></listMetadata>`, `sf:INVALID_TYPE`)
	s.want(`<nonsense/>`, `No operation available for request`)
}

func TestGlobalValuesReachTheirFields(t *testing.T) {
	s := newSite(t)
	set := func(values ...string) string {
		body := "<GlobalValueSet>"
		for _, v := range values {
			body += "<customValue><fullName>" + v + "</fullName><default>false</default><label>" + v + "</label></customValue>"
		}
		return body + "<masterLabel>Gears</masterLabel><sorted>false</sorted></GlobalValueSet>"
	}
	object := strings.Replace(ride, "<type>Text</type><length>20</length>",
		"<type>Picklist</type><valueSet><restricted>true</restricted><valueSetName>Gears</valueSetName></valueSet>", 1)
	files := map[string]string{"package.xml": manifestOf("CustomObject", "Ride__c"), "objects/Ride__c.object": object,
		"globalValueSets/Gears.globalValueSet": set("one", "two")}
	if _, status := s.soapDeploy(files, rollback); !strings.Contains(status, "<status>Succeeded") {
		t.Fatal(status)
	}
	s.soapDeploy(map[string]string{"package.xml": manifestOf("GlobalValueSet", "Gears"),
		"globalValueSets/Gears.globalValueSet": set("one", "two", "three")}, rollback)
	o, _ := s.org.Schema().Object("Ride__c")
	if f, _ := o.Field("Gear__c"); len(f.Values) != 3 {
		t.Errorf("%+v", f.Values)
	}
}

func TestCancelUndoesADeployment(t *testing.T) {
	s := newSite(t)
	busy, free := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() { // somebody else writes, so that the deployment has to wait
		ended <- s.org.Transact(t.Context(), func(*crm.Actor) error { close(busy); <-free; return nil })
	}()
	<-busy
	id := s.want(`<deploy><ZipFile>`+base64.StdEncoding.EncodeToString(pack(t,
		map[string]string{"package.xml": manifestOf("CustomObject", "Ride__c"),
			"objects/Ride__c.object": ride}))+`</ZipFile><DeployOptions>`+rollback+`</DeployOptions></deploy>`, `<id>(0Af\w{15})</id>`)
	s.want(`<cancelDeploy><String>`+id+`</String></cancelDeploy>`, `<done>false</done><id>`+id)
	close(free)
	if err := errors.Join(<-ended, s.api.Wait(t.Context(), id)); err != nil {
		t.Fatal(err)
	}
	s.want(`<checkDeployStatus><asyncProcessId>`+id+`</asyncProcessId></checkDeployStatus>`,
		`<canceledByName>Ada B</canceledByName>.*<status>Canceled</status><success>false</success>`)
	if s.has("Ride__c") {
		t.Error("the object stayed")
	}
}
