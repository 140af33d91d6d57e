package clients

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// byJWT deploys the app of examples/setup-app with a certificate, as its README says, and logs in with its key.
func (c *command) byJWT(t *testing.T, r ready) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sf"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	whole := c.project
	defer func() { c.project = whole }()
	c.project = filepath.Join(c.home, "setup-app")
	if err := os.CopyFS(c.project, os.DirFS("../../examples/setup-app")); err != nil {
		t.Fatal(err)
	}
	keyFile := c.file("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})))
	c.file("certificate.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	good[deployed](c, "project", "deploy", "start", "-o", "box")
	good[record](c, "project", "retrieve", "start", "-o", "box", "-m", "ExtlClntAppGlobalOauthSettings:Patchcord_SetUp_glbloauth")
	settings, err := os.ReadFile(filepath.Join(c.project, "app/extlClntAppGlobalOauthSets/Patchcord_SetUp_glbloauth.ecaGlblOauth-meta.xml"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`<consumerKey>(.*?)</consumerKey>`).FindSubmatch(settings)
	if found == nil {
		t.Fatalf("no consumer key in %s", settings)
	}
	client := string(found[1])
	got := good[record](c, "org", "login", "jwt", "-i", client, "-f", keyFile, "-o", r.Users[0].Username, "-r", r.CRM, "-a", "robot")
	if got["username"] != r.Users[0].Username {
		t.Errorf("%v", got)
	}
	if found := good[records](c, "data", "query", "-o", "robot", "-q", "SELECT Id FROM Organization"); found.TotalSize != 1 {
		t.Errorf("%+v", found)
	}
	if _, err := (salesforce.App{LoginURL: r.CRM, ClientID: client, Key: key}).JWT(t.Context(), r.Users[0].Username); err != nil {
		t.Errorf("set-up's own sign-in with the key: %v", err)
	}
	if out := c.run("org", "login", "jwt", "-i", client, "-f", keyFile, "-o", "nobody@x.example", "-r", r.CRM); out.Status == 0 {
		t.Error("a user whom nobody knows was let in")
	}
}

// byBrowser stands for the person: sf opens a page, we log in there and allow access.
func (c *command) byBrowser(t *testing.T, r ready) {
	note := filepath.Join(c.home, "opened")
	script := filepath.Join(c.home, "browser")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nprintf '%s' \"$1\" > "+note+".part && mv "+note+".part "+note+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := c.start(ctx, []string{"BROWSER=" + script, "SF_WEB_OAUTH_SERVER_TIMEOUT=50000"}, "org", "login", "web", "-r",
		r.CRM, "-a", "web", "--json")
	var body strings.Builder
	cmd.Stdout = &body
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	page := ""
	for tick := time.NewTicker(50 * time.Millisecond); page == ""; {
		select {
		case err := <-ended:
			t.Fatalf("sf ended before it opened a page: %v\n%s", err, body.String())
		case <-tick.C:
			if at, err := os.ReadFile(note); err == nil {
				page = string(at)
				tick.Stop()
			}
		}
	}
	person(t, r, page)
	if err := <-ended; err != nil {
		t.Fatalf("%v\n%s", err, body.String())
	}
	var out outcome
	if err := json.Unmarshal([]byte(body.String()), &out); err != nil || !strings.Contains(string(out.Result), r.Users[0].Username) {
		t.Errorf("%v %s", err, body.String())
	}
}

// person follows the pages of a log-in as a browser would: password, then Allow.
func person(t *testing.T, r ready, page string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	show := func(answer *http.Response, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	hidden := func(text, name string) string {
		t.Helper()
		found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(text)
		if found == nil {
			t.Fatalf("no field %s in %s", name, text)
		}
		return strings.NewReplacer("&amp;", "&", "&#43;", "+", "&#34;", `"`).Replace(found[1])
	}
	login := show(browser.Get(page))
	ask := show(browser.PostForm(r.CRM+"/login", url.Values{"token": {hidden(login, "token")},
		"startURL": {hidden(login, "startURL")}, "username": {r.Users[0].Username}, "password": {r.Users[0].Password}}))
	if !strings.Contains(ask, "Allow Access?") {
		t.Fatalf("not asked: %s", ask)
	}
	show(browser.PostForm(r.CRM+"/services/oauth2/approve", url.Values{"code": {hidden(ask, "code")},
		"state": {hidden(ask, "state")}, "allow": {"1"}}))
}
