package clients

import (
	"bytes"
	"encoding/xml"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// token logs in by SOAP and gives the session id.
func token(t *testing.T, r ready) string {
	t.Helper()
	var name, password bytes.Buffer
	_ = xml.EscapeText(&name, []byte(r.Users[0].Username))
	_ = xml.EscapeText(&password, []byte(r.Users[0].Password))
	answer, err := http.Post(r.CRM+"/services/Soap/u/67.0", "text/xml",
		strings.NewReader(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><login `+
			`xmlns="urn:partner.soap.sforce.com"><username>`+
			name.String()+`</username><password>`+password.String()+`</password></login></e:Body></e:Envelope>`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`<sessionId>(.*?)</sessionId>`).FindStringSubmatch(body.String())
	if found == nil {
		t.Fatal(body.String())
	}
	return found[1]
}

type record map[string]any

type records struct {
	Records   []record `json:"records"`
	TotalSize int      `json:"totalSize"`
}

type deployed struct {
	Status  string `json:"status"`
	ID      string `json:"id"`
	Details struct {
		Failures []struct {
			Problem string `json:"problem"`
			Name    string `json:"fullName"`
		} `json:"componentFailures"`
	} `json:"details"`
	Files []struct{ FullName, State, Type string } `json:"files"`
}

func TestSalesforceCommand(t *testing.T) {
	r := sandbox(t)
	c := newCommand(t)
	c.login(r)
	step := func(name string, f func(t *testing.T)) { // a run that fails ends its own step
		t.Run(name, func(t *testing.T) {
			whole := c.t
			c.t = t
			defer func() { c.t = whole }()
			f(t)
		})
	}
	step("shows the org and opens it", func(t *testing.T) { c.shows(t, r) })
	step("reads and writes records", func(t *testing.T) { c.data(t) })
	step("is refused Apex in words that it can read", func(t *testing.T) { c.noApex(t) })
	step("lists metadata", func(t *testing.T) { c.lists(t) })
	step("deploys, validates, deletes", func(t *testing.T) { c.deploys(t) })
	step("gives the package back as it was deployed", func(t *testing.T) { c.roundTrip(t) })
	step("logs in by JWT", func(t *testing.T) { c.byJWT(t, r) })
	step("logs in by the browser", func(t *testing.T) { c.byBrowser(t, r) })
	// Where nothing uses the package: what a utility bar shows is not taken away, on the platform neither.
	step("installs and uninstalls packages and assigns permission sets", func(t *testing.T) {
		c.loginAs(sandbox(t, "--bare"), "bare")
		c.installs(t, "bare")
	})
}

func (c *command) login(r ready) { c.loginAs(r, "box") }

// loginAs logs in to an org, which is the default one from then on.
func (c *command) loginAs(r ready, alias string) {
	c.t.Helper()
	if out := c.with([]string{"SF_ACCESS_TOKEN=" + token(c.t, r)}, "org", "login", "access-token", "-r", r.CRM,
		"--no-prompt", "-a", alias, "-s"); out.Status != 0 {
		c.t.Fatalf("%+v", out)
	}
}

func (c *command) shows(t *testing.T, r ready) {
	shown := good[record](c, "org", "display", "-o", "box")
	if shown["username"] != r.Users[0].Username || shown["connectedStatus"] != "Connected" || shown["apiVersion"] != "67.0" {
		t.Errorf("%v", shown)
	}
	at := text(good[record](c, "org", "open", "-o", "box", "--url-only")["url"])
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Jar: jar}).Get(at)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || strings.Contains(answer.Request.URL.Path, "frontdoor") ||
		!strings.Contains(answer.Request.URL.Path, "/lightning") {
		t.Errorf("opened %d %s", answer.StatusCode, answer.Request.URL.Path)
	}
}

// noApex runs Apex in an org that has none.
func (c *command) noApex(t *testing.T) {
	c.file("hello.apex", "System.debug('hello');\n")
	out := c.run("apex", "run", "-o", "box", "-f", "hello.apex")
	if out.Status == 0 || !strings.Contains(out.Message, "not enabled for this organization") {
		t.Errorf("%+v", out)
	}
	if profiles := good[records](c, "data", "query", "-o", "box", "-t", "-q", "SELECT Name FROM Profile"); profiles.TotalSize == 0 {
		t.Error("no profiles")
	}
}

func (c *command) data(t *testing.T) {
	made := good[record](c, "data", "create", "record", "-o", "box", "-s", "Contact", "-v", "FirstName=Grace LastName=Hopper")
	found := good[records](c, "data", "query", "-o", "box", "-q", "SELECT Name, Account.Name FROM Contact WHERE Id = '"+text(made["id"])+"'")
	if found.TotalSize != 1 || found.Records[0]["Name"] != "Grace Hopper" {
		t.Errorf("%+v", found)
	}
	good[record](c, "data", "delete", "record", "-o", "box", "-s", "Contact", "-i", text(made["id"]))
	if out := c.run("data", "query", "-o", "box", "-q", "SELECT Nope FROM Contact"); out.Status == 0 ||
		!strings.Contains(out.Message, "No such column 'Nope'") {
		t.Errorf("%+v", out)
	}
	if d := good[record](c, "sobject", "describe", "-o", "box", "-s", "AC_CtiAdapter__c"); d["label"] != "AC CTI Adapter" {
		t.Errorf("%v", d["label"])
	}
	c.file("people.csv", "LastName,Phone\nCsv One,2065550181\nCsv Two,2065550182\n")
	if out := c.run("data", "import", "bulk", "-o", "box", "-s", "Contact", "-f", "people.csv", "--wait", "1"); out.Status != 0 {
		t.Errorf("%+v", out)
	}
	if out := c.run("data", "export", "bulk", "-o", "box", "-q",
		"SELECT LastName FROM Contact WHERE LastName LIKE 'Csv%'", "--output-file", "out.csv", "--wait", "1"); out.Status != 0 {
		t.Errorf("%+v", out)
	}
	if got, err := os.ReadFile(filepath.Join(c.project, "out.csv")); err != nil || string(got) != "LastName\nCsv One\nCsv Two\n" {
		t.Errorf("exported %q, %v", got, err)
	}
	c.file("house.json", `{"records":[{"attributes":{"type":"Account","referenceId":"house"},"Name":"Tree `+
		`House","Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"who"},"LastName":"Leaf"}]}}]}`)
	if out := c.run("data", "import", "tree", "-o", "box", "-f", "house.json"); out.Status != 0 {
		t.Errorf("%+v", out)
	}
	if out := c.run("data", "export", "tree", "-o", "box", "-d", c.project, "-q",
		"SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Tree House'"); out.Status != 0 {
		t.Errorf("%+v", out)
	}
	if got, err := os.ReadFile(filepath.Join(c.project, "Account-Contact.json")); err != nil ||
		!regexp.MustCompile(`"LastName":\s*"Leaf"`).Match(got) {
		t.Errorf("exported %s, %v", got, err)
	}
	fields := good[records](c, "data", "query", "-o", "box", "-t", "-q",
		"SELECT DeveloperName FROM CustomField WHERE EntityDefinition.QualifiedApiName = 'AC_Feature__c'")
	if fields.TotalSize != 3 {
		t.Errorf("%+v", fields)
	}
}

func (c *command) lists(t *testing.T) {
	types := good[struct {
		Objects []struct{ XMLName string } `json:"metadataObjects"`
	}](c, "org", "list", "metadata-types", "-o", "box")
	if len(types.Objects) < 20 {
		t.Errorf("%+v", types)
	}
	sets := good[[]record](c, "org", "list", "metadata", "-o", "box", "-m", "PermissionSet")
	names := ""
	for _, s := range sets {
		names += text(s["fullName"]) + " "
	}
	if !strings.Contains(names, "AC_Administrator AC_Agent AC_Integration AC_Manager") {
		t.Errorf("%s", names)
	}
}

const (
	rideObject = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <deploymentStatus>Deployed</deploymentStatus>
    <label>Ride</label>
    <nameField>
        <label>Ride</label>
        <type>Text</type>
    </nameField>
    <pluralLabel>Rides</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>
</CustomObject>
`
	gearField = `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Gear__c</fullName>
    <label>Gear</label>
    <length>20</length>
    <type>Text</type>
</CustomField>
`
	listOf = `<?xml version="1.0" encoding="UTF-8"?><Package ` +
		`xmlns="http://soap.sforce.com/2006/04/metadata">%s<version>67.0</version></Package>`
)

func (c *command) deploys(t *testing.T) {
	c.file("ride/objects/Ride__c/Ride__c.object-meta.xml", rideObject)
	gear := "ride/objects/Ride__c/fields/Gear__c.field-meta.xml"
	c.file(gear, strings.Replace(gearField, "<type>Text", "<type>Nope", 1))
	out := c.run("project", "deploy", "start", "-o", "box", "-d", "ride")
	if out.Status != 1 || !strings.Contains(string(out.Result), "Could not resolve field type: Nope") {
		t.Errorf("a field of no type: %+v %s", out, out.Result)
	}
	c.file(gear, gearField)
	validated := good[deployed](c, "project", "deploy", "validate", "-o", "box", "-d", "ride")
	if found := c.run("sobject", "describe", "-o", "box", "-s", "Ride__c"); found.Status == 0 {
		t.Error("a validation left the object behind")
	}
	if d := good[deployed](c, "project", "deploy", "quick", "-o", "box", "--job-id", validated.ID); d.Status != "Succeeded" {
		t.Errorf("%+v", d)
	}
	again := good[deployed](c, "project", "deploy", "start", "-o", "box", "-d", "ride")
	for _, f := range again.Files {
		if f.State != "Unchanged" {
			t.Errorf("%+v", f)
		}
	}
	if len(again.Files) != 2 {
		t.Errorf("%+v", again)
	}
	c.file("empty.xml", strings.Replace(listOf, "%s", "", 1))
	c.file("gone.xml", strings.Replace(listOf, "%s", "<types><members>Ride__c</members><name>CustomObject</name></types>", 1))
	good[deployed](c, "project", "deploy", "start", "-o", "box", "-x", "empty.xml", "--post-destructive-changes", "gone.xml")
	if found := c.run("sobject", "describe", "-o", "box", "-s", "Ride__c"); found.Status == 0 {
		t.Error("the object is still there")
	}
	rest := c.with([]string{"SF_ORG_METADATA_REST_DEPLOY=true"}, "project", "deploy", "start", "-o", "box", "-d", "ride", "--dry-run")
	if rest.Status != 0 {
		t.Errorf("by REST: %+v", rest)
	}
}

// roundTrip deploys the package's source and retrieves it: every description and page comes back byte for byte.
func (c *command) roundTrip(t *testing.T) {
	source := os.DirFS("../../sfdx/force-app/main/default")
	target := filepath.Join(c.project, "force-app/main/default")
	if err := os.CopyFS(target, source); err != nil {
		t.Fatal(err)
	}
	if d := good[deployed](c, "project", "deploy", "start", "-o", "box", "-d", "force-app"); d.Status != "Succeeded" {
		t.Fatalf("%+v", d)
	}
	types := ""
	for _, kind := range []string{"ApexPage", "AuraDefinitionBundle", "CallCenter", "CspTrustedSite", "CustomObject", "CustomTab",
		"GlobalValueSet", "Layout", "LightningMessageChannel", "StaticResource"} {
		types += "<types><members>*</members><name>" + kind + "</name></types>"
	}
	for _, set := range []string{"AC_Administrator", "AC_Agent", "AC_Integration", "AC_Manager"} {
		types += "<types><members>" + set + "</members><name>PermissionSet</name></types>"
	}
	c.file("all.xml", strings.Replace(listOf, "%s", types, 1))
	if err := os.RemoveAll(target); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(target, 0o700); err != nil {
		t.Fatal(err)
	}
	good[record](c, "project", "retrieve", "start", "-o", "box", "-x", "all.xml")
	compared := 0
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isCompared(name) {
			return err
		}
		want, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(target, name))
		if err != nil || !bytes.Equal(bytes.TrimSpace(got), bytes.TrimSpace(want)) {
			t.Errorf("%s: %v\n got %.600s\nwant %.600s", name, err, got, want)
		}
		compared++
		return nil
	})
	if err != nil || compared < 300 {
		t.Errorf("compared %d files: %v", compared, err)
	}
}

func (c *command) installs(t *testing.T, org string) {
	offered := good[records](c, "data", "query", "-o", org, "-t", "-q", "SELECT Id FROM SubscriberPackageVersion")
	if len(offered.Records) != 1 {
		t.Fatalf("%+v", offered)
	}
	version := text(offered.Records[0]["Id"])
	if got := good[record](c, "package", "install", "-o", org, "--package", version, "--no-prompt", "--wait",
		"1"); got["Status"] != "SUCCESS" {
		t.Errorf("%v", got)
	}
	assigned := good[struct {
		Successes []record `json:"successes"`
	}](c, "org", "assign", "permset", "-o", org, "-n", "AC_Agent")
	if len(assigned.Successes) != 1 {
		t.Errorf("%+v", assigned)
	}
	installed := good[[]record](c, "package", "installed", "list", "-o", org)
	if len(installed) != 1 || installed[0]["SubscriberPackageName"] != "Amazon Connect -- Universal Package" ||
		installed[0]["SubscriberPackageVersionId"] != version {
		t.Errorf("%v", installed)
	}
	if got := good[record](c, "package", "uninstall", "-o", org, "--package", version, "--wait", "1"); got["Status"] != "Success" {
		t.Errorf("%v", got)
	}
	if left := good[[]record](c, "package", "installed", "list", "-o", org); len(left) != 0 {
		t.Errorf("%v", left)
	}
}

// isCompared says whether a file of the source has to come back as it was: descriptions, pages, and the files of bundles.
func isCompared(name string) bool {
	return strings.HasSuffix(name, "-meta.xml") || strings.HasSuffix(name, ".page") || strings.HasPrefix(name, "aura/")
}
