package salesforce

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, body)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

const envelope = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ` +
	`xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>%s</soapenv:Body></soapenv:Envelope>`

func TestRetrieve(t *testing.T) {
	polls := 0
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case r.URL.Path != "/services/Soap/m/67.0" || !strings.Contains(string(body), "<sessionId>old</sessionId>"):
			t.Errorf("%s with %s", r.URL.Path, body)
		case strings.Contains(string(body), "<retrieve>"):
			if !strings.Contains(string(body), "<members>A&amp;B</members><name>FlexiPage</name>") {
				t.Errorf("asked %s", body)
			}
			_, _ = fmt.Fprintf(w, envelope, `<retrieveResponse><result><done>false</done><id>09S1</id></result></retrieveResponse>`)
		default:
			if polls++; polls == 1 {
				_, _ = fmt.Fprintf(w, envelope, `<checkRetrieveStatusResponse><result><done>false</done></result></checkRetrieveStatusResponse>`)
				return
			}
			archive := zipped(t, map[string]string{"unpackaged/flexipages/A&B.flexipage": "<FlexiPage/>", "unpackaged/package.xml": "<Package/>"})
			_, _ = fmt.Fprintf(w, envelope, `<checkRetrieveStatusResponse><result><done>true</done><success>true</success>`+
				`<zipFile>`+archive+`</zipFile></result></checkRetrieveStatusResponse>`)
		}
	})
	files, err := c.Retrieve(t.Context(), Member{"FlexiPage", "A&B"})
	if err != nil || string(files["flexipages/A&B.flexipage"]) != "<FlexiPage/>" || polls != 2 {
		t.Errorf("got %q after %d polls, %v", files, polls, err)
	}
}

func TestRetrieveFailures(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		status     int
		want       func(error) bool
	}{
		{"no Metadata API", "404 page not found", 404, func(err error) bool { return errors.Is(err, ErrNoRetrieve) }},
		{"a fault keeps its code", fmt.Sprintf(envelope,
			`<soapenv:Fault><faultcode>sf:INSUFFICIENT_ACCESS</faultcode><faultstring>no</faultstring></soapenv:Fault>`), 500,
			func(err error) bool { return IsCode(err, "INSUFFICIENT_ACCESS") }},
		{"a session that cannot be renewed is over", fmt.Sprintf(envelope,
			`<soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>no</faultstring></soapenv:Fault>`), 500,
			func(err error) bool { return errors.Is(err, ErrExpired) }},
		{"what is no archive is refused", fmt.Sprintf(envelope,
			`<retrieveResponse><result><id>1</id></result></retrieveResponse><checkRetrieveStatusResponse><result>`+
				`<done>true</done><success>true</success><zipFile>bm8=</zipFile></result></checkRetrieveStatusResponse>`), 200,
			func(err error) bool { return err != nil && strings.Contains(err.Error(), "zip") }},
		{"a page for people is no answer", "<html><head></head><body><p>Maintenance</p></body></html>", 200,
			func(err error) bool { return errors.Is(err, ErrUnreachable) }},
		{"what never ends is given up", fmt.Sprintf(envelope, `<retrieveResponse><result><id>1</id></result></retrieveResponse>`), 200,
			func(err error) bool { return err != nil && strings.Contains(err.Error(), "within 10m") }},
		{"what was not begun is not waited for", fmt.Sprintf(envelope, ""), 200,
			func(err error) bool { return err != nil && strings.Contains(err.Error(), "has not said what it began") }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tc.status)
				_, _ = io.WriteString(w, tc.body)
			})
			if _, err := c.Retrieve(t.Context(), Member{"FlexiPage", "A"}); !tc.want(err) {
				t.Errorf("err = %v", err)
			}
		})
	}
}

func TestSoftphoneLayout(t *testing.T) {
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, envelope, `<describeSoftphoneLayoutResponse><result><callTypes><name>Internal</name></callTypes>
<callTypes><name>Inbound</name>
<screenPopOptions><matchType>SingleMatch</matchType><screenPopType>PopToEntity</screenPopType></screenPopOptions>
<screenPopOptions><matchType>MultipleMatches</matchType><screenPopType>PopToSearch</screenPopType></screenPopOptions>
<sections><entityApiName>Account</entityApiName></sections><sections><entityApiName>Case</entityApiName></sections>
</callTypes><id>04y1</id><name>AmazonConnectDefault</name></result></describeSoftphoneLayoutResponse>`)
	})
	got, err := c.SoftphoneLayout(t.Context())
	if err != nil || got.Name != "AmazonConnectDefault" || got.Several != "PopToSearch" || strings.Join(got.Objects, " ") != "Account Case" {
		t.Errorf("got %+v, %v", got, err)
	}
	none, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	if _, err := none.SoftphoneLayout(t.Context()); !errors.Is(err, ErrNoLayout) {
		t.Errorf("an org without the call: %v", err)
	}
}

// noting keeps how long the pauses were.
type noting struct {
	impatient
	pauses *[]time.Duration
}

func (n noting) AfterFunc(d time.Duration, f func()) clock.Timer {
	*n.pauses = append(*n.pauses, d)
	return n.impatient.AfterFunc(d, f)
}

func TestThrottledRequestsWaitAsLongAsTheyAreTold(t *testing.T) {
	calls := 0
	_, server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		switch calls++; calls {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case 2:
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 3:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			_, _ = io.WriteString(w, `{"id":"003"}`)
		}
	})
	var pauses []time.Duration
	c := New(Config{Session: Session{InstanceURL: server.URL}, Clock: noting{pauses: &pauses}})
	if _, err := c.Create(t.Context(), "Contact", Values{}); err != nil {
		t.Fatal(err)
	}
	if len(pauses) != 3 || pauses[0] != 7*time.Second || pauses[1] != maxRetryAfter ||
		pauses[2] < 900*time.Millisecond || pauses[2] > 1800*time.Millisecond {
		t.Errorf("paused %v, want 7s, %s, then between 0.9 and 1.8 s", pauses, maxRetryAfter)
	}
}
