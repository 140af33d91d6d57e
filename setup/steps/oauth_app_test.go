package steps

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// keeping is a Metadata API that has one component, or none.
func keeping(t *testing.T, file, body string) setup.Platforms {
	t.Helper()
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	if body != "" {
		w, err := z.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, body)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, _ := io.ReadAll(r.Body)
		answer := `<retrieveResponse><result><id>09S1</id></result></retrieveResponse>`
		if strings.Contains(string(asked), "checkRetrieveStatus") {
			answer = `<checkRetrieveStatusResponse><result><done>true</done><success>true</success><zipFile>` +
				base64.StdEncoding.EncodeToString(archive.Bytes()) + `</zipFile></result></checkRetrieveStatusResponse>`
		}
		_, _ = fmt.Fprintf(w, `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>%s</e:Body></e:Envelope>`, answer)
	}))
	t.Cleanup(server.Close)
	return setup.Platforms{CRM: salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: server.URL}})}
}

func TestOAuthApp(t *testing.T) {
	app := OAuthApp{CallbackURL: "https://a.example/auth/callback", ClientID: "key", Certificate: "QUJD"}
	settings := func(callback, key, certificate string) string {
		return string(sfdx.OAuthApp{CallbackURL: callback, ClientID: key, Certificate: certificate}.File())
	}
	made := app.made()
	for _, tc := range []struct {
		name, have string
		made       []setup.Made
		want       setup.Action
		says       string
	}{
		{"none is there", "", nil, setup.Create, "callback https://a.example"},
		{
			"all is right",
			settings(app.CallbackURL, "key", "-----BEGIN CERTIFICATE-----\nQU\nJD\n-----END CERTIFICATE-----"), nil,
			setup.Nothing, "lets the adapter in",
		},
		{"the adapter moved", settings("https://old.example/auth/callback", "key", "QUJD"), nil, setup.Update, "callback URL"},
		{"the adapter has a new key pair", settings(app.CallbackURL, "key", "WFla"), nil, setup.Update, "certificate"},
		{
			"refresh wants a secret, as an older version left it",
			strings.Replace(settings(app.CallbackURL, "key", "QUJD"),
				"<isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>", "", 1),
			nil, setup.Update, "refresh tokens",
		},
		{"another consumer key", settings(app.CallbackURL, "theirs", "QUJD"), nil, setup.Update, "consumer key"},
		{
			"another consumer key, though ours was deployed", settings(app.CallbackURL, "theirs", "QUJD"),
			[]setup.Made{made}, setup.Person, "client_id: theirs",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			step := app
			step.Remembered = remembered(t, tc.made...)
			got, err := step.Plan(t.Context(), keeping(t, oauthFile, tc.have))
			if err != nil || len(got) != 1 || got[0].Action != tc.want || !strings.Contains(got[0].What, tc.says) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
