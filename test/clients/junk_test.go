package clients

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/coder/websocket"
)

const megabyte = 1 << 20

// junk is a megabyte that could become mark-up, SQL or JSON where somebody forgets what it is.
var junk = strings.Repeat(`x'"<é`, megabyte/6)

// visitor is somebody with a browser's cookies and no browser.
type visitor struct {
	t      *testing.T
	http   *http.Client
	bearer string
}

func newVisitor(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// send returns the status and the body of an answer; status 0 when the far side ended the connection.
func (v *visitor) send(method, address, kind, body string, more ...string) (int, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if v.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+v.bearer)
	}
	for i := 0; i+1 < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	resp, err := v.http.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 4*megabyte))
	if err != nil {
		v.t.Errorf("%s %s: %v", method, address[:min(len(address), 80)], err)
	}
	return resp.StatusCode, string(answer)
}

func quoted(text string) string {
	body, _ := json.Marshal(text)
	return string(body)
}

const (
	form  = "application/x-www-form-urlencoded"
	asXML = "text/xml"
	asJSN = "application/json"
)

// TestAMegabyteOfJunk puts it wherever text is taken. The answer is the platform's own refusal, it is small, and memory does not grow.
func TestAMegabyteOfJunk(t *testing.T) {
	r := sandbox(t)
	v := newVisitor(t)
	admin := r.Users[0]
	soap := func(user, password string) string {
		return `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><login ` +
			`xmlns="urn:partner.soap.sforce.com"><username>` + user + `</username><password>` + password + `</password></login></Body></Envelope>`
	}
	_, answer := v.send("POST", r.CRM+"/services/Soap/u/67.0", asXML, soap(admin.Username, admin.Password))
	found := regexp.MustCompile(`<sessionId>([^<]+)<`).FindStringSubmatch(answer)
	if found == nil {
		t.Fatal(answer)
	}
	signedIn := newVisitor(t)
	signedIn.bearer = found[1]
	data := r.CRM + "/services/data/v67.0"
	plain := strings.Repeat("x", megabyte)
	cases := []struct {
		name               string
		who                *visitor
		method, at, kind   string
		body               string
		status             int
		says               string
		header, headerText string
	}{
		{name: "log-in form", who: v, method: "POST", at: r.CRM + "/login", kind: form, body: "username=" +
			url.QueryEscape(junk), status: 400, says: `role="alert"`},
		{name: "sign-in form", who: v, method: "POST", at: r.Connect + "/login", kind: form, body: "username=" +
			url.QueryEscape(junk), status: 400, says: `role="alert"`},
		{name: "token endpoint", who: v, method: "POST", at: r.CRM + "/services/oauth2/token", kind: form,
			body: "grant_type=refresh_token&refresh_token=" + plain, status: 400, says: `"error":"invalid_request"`},
		{name: "token endpoint, no form", who: v, method: "POST", at: r.CRM + "/services/oauth2/token", kind: asJSN,
			body: junk, status: 400, says: `"error":"`},
		{name: "SOAP log-in", who: v, method: "POST", at: r.CRM + "/services/Soap/u/67.0", kind: asXML,
			body: soap(plain, plain), status: 500, says: "soapenv:Fault"},
		{name: "authorisation", who: v, method: "GET", at: r.CRM + "/services/oauth2/authorize?client_id=" + plain, status: 431},
		{name: "session header", who: v, method: "GET", at: data + "/limits", status: 431, header: "Authorization",
			headerText: "Bearer " + plain},
		{name: "record, one field", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN,
			body: `{"LastName":` + quoted(junk) + `}`, status: 400, says: `"errorCode":"STRING_TOO_LONG"`},
		{name: "record, a long text", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN,
			body: `{"LastName":"L","Description":` + quoted(junk) + `}`, status: 400, says: `"errorCode":"STRING_TOO_LONG"`},
		{name: "record, a name of a field", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN,
			body: `{` + quoted(junk) + `:1}`, status: 400, says: `"errorCode":"INVALID_FIELD"`},
		{name: "record, no JSON", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN, body: junk,
			status: 400, says: `"errorCode":"JSON_PARSER_ERROR"`},
		{name: "record, deep JSON", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN,
			body: strings.Repeat("[", megabyte), status: 400, says: `"errorCode":"JSON_PARSER_ERROR"`},
		{name: "record, ten megabytes", who: signedIn, method: "POST", at: data + "/sobjects/Contact", kind: asJSN,
			body: strings.Repeat(plain, 10), status: 413, says: `"errorCode":"REQUEST_BODY_TOO_LARGE"`},
		{name: "query", who: signedIn, method: "GET", at: data + "/query?q=" + plain, status: 431},
		{name: "query beyond its length", who: signedIn, method: "GET", at: data +
			"/query?q=SELECT+Id+FROM+Contact+WHERE+Name='" + strings.Repeat("x", 30_000) + "'", status: 200, says: `"totalSize":0`},
		{name: "composite", who: signedIn, method: "POST", at: data + "/composite", kind: asJSN,
			body: `{"compositeRequest":[{"method":"GET","referenceId":"a","url":"/services/data/v67.0/query?q=` + plain +
				`"}]}`, status: 200, says: `"errorCode":"MALFORMED_QUERY"`},
		{name: "search", who: signedIn, method: "POST", at: data + "/parameterizedSearch", kind: asJSN, body: `{"q":` +
			quoted(junk) + `}`, status: 400, says: `"errorCode":"`},
		{name: "deployment", who: signedIn, method: "POST", at: data + "/metadata/deployRequest",
			kind: "multipart/form-data; boundary=b", body: "--b\r\n" + junk, status: 400, says: `"errorCode":"`},
		{name: "operation without a session", who: v, method: "POST", at: r.Connect + "/api", kind: asJSN, body: junk, status: 401},
		{name: "adapter, sign-in from elsewhere", who: v, method: "GET", at: r.Adapter + "/auth/start?origin=" +
			strings.Repeat("x", 30_000), status: 403},
		{name: "adapter, callback", who: v, method: "GET", at: r.Adapter + "/auth/callback?state=" + strings.Repeat("x", 30_000), status: 400},
		{name: "adapter, too long an address", who: v, method: "GET", at: r.Adapter + "/auth/start?origin=" + plain, status: 431},
	}
	before := r.memory(t)
	for round := range 3 {
		for _, tc := range cases {
			t.Run(fmt.Sprintf("%d: %s", round, tc.name), func(t *testing.T) {
				var more []string
				if tc.header != "" {
					more = []string{tc.header, tc.headerText}
				}
				status, answer := tc.who.send(tc.method, tc.at, tc.kind, tc.body, more...)
				if status != tc.status || !strings.Contains(answer, tc.says) {
					t.Errorf("%d %.300s, want %d with %s", status, answer, tc.status, tc.says)
				}
				if len(answer) > 64<<10 {
					t.Errorf("the answer has %d bytes", len(answer))
				}
			})
		}
	}
	t.Run("public API", func(t *testing.T) {
		client := connect.New(connect.Options{Region: r.Region, BaseEndpoint: &r.Connect, RetryMaxAttempts: 1,
			Credentials: credentials.NewStaticCredentialsProvider(r.AccessKeyID, r.SecretAccessKey, "")})
		_, err := client.AssociateApprovedOrigin(t.Context(),
			&connect.AssociateApprovedOriginInput{InstanceId: &r.InstanceID, Origin: aws.String(plain)})
		if err == nil || strings.Contains(err.Error(), "InternalService") {
			t.Errorf("%.200v", err)
		}
	})
	t.Run("operations of a signed-in agent", func(t *testing.T) { junkOperations(t, r) })
	t.Run("sockets", func(t *testing.T) {
		for _, socket := range []struct{ at, origin string }{{r.Adapter + "/ws", r.Visualforce}, {r.Connect + "/phone/socket", r.Connect}} {
			conn, _, err := websocket.Dial(t.Context(), strings.Replace(socket.at, "http", "ws", 1),
				&websocket.DialOptions{HTTPHeader: http.Header{"Origin": {socket.origin}}})
			if err != nil {
				t.Errorf("%s: %v", socket.at, err)
				continue
			}
			_ = conn.Write(t.Context(), websocket.MessageText, []byte(junk))
			for err == nil {
				_, _, err = conn.Read(t.Context())
			}
			if code := websocket.CloseStatus(err); code != websocket.StatusMessageTooBig && code != websocket.StatusPolicyViolation {
				t.Errorf("%s: ended with %v", socket.at, err)
			}
			_ = conn.CloseNow()
		}
	})
	if after := r.memory(t); after > before+200 {
		t.Errorf("the sandbox grew from %d to %d MB", before, after)
	}
	if status, answer := signedIn.send("GET", data+"/query?q=SELECT+Id+FROM+Contact", "", ""); status != 200 {
		t.Errorf("afterwards a decent query is answered %d %s", status, answer)
	}
}

// junkOperations signs an agent in and puts junk into operations of the panel.
func junkOperations(t *testing.T, r ready) {
	v := newVisitor(t)
	for _, u := range r.Users {
		if u.Role == "agent" {
			if status, answer := v.send("POST", r.Connect+"/login", form,
				url.Values{"username": {u.ConnectUsername}, "password": {u.ConnectPassword},
					"destination": {"/ccp-v2/"}}.Encode(), "Origin", r.Connect); status != 200 {
				t.Fatalf("%d %.300s", status, answer)
			}
		}
	}
	_, answer := v.send("GET", r.Connect+"/ccp-v2/session", "", "")
	var session struct {
		AuthToken string `json:"authToken"`
	}
	if err := json.Unmarshal([]byte(answer), &session); err != nil || session.AuthToken == "" {
		t.Fatalf("%v %.300s", err, answer)
	}
	for _, name := range []string{"PutAgentState", "CreateOutboundContact", "AcceptContact", "SendDigits",
		"GetEndpoints", "SendClientLogs", strings.Repeat("X", 20_000)} {
		for _, body := range []string{junk, `{"contactId":` + quoted(junk) + `}`,
			`{"endpoint":{"type":"phone_number","phoneNumber":` + quoted(junk) + `}}`, `{"digits":` + quoted(junk) + `}`,
			strings.Repeat(`{"a":`, megabyte/5)} {
			status, answer := v.send("POST", r.Connect+"/api", "application/x-amz-json-1.1", body, "X-Amz-Target",
				"AmazonConnectCTIService."+name, "X-Amz-Bearer", session.AuthToken)
			if status >= 500 || status == 0 || !json.Valid([]byte(answer)) || len(answer) > 64<<10 {
				t.Errorf("%.40s with %.40s: %d %.200s", name, body, status, answer)
			}
		}
	}
}

// memory is what the sandbox holds resident, in megabytes.
func (r ready) memory(t *testing.T) int {
	t.Helper()
	body, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.process))
	if err != nil {
		t.Fatal(err)
	}
	var kilobytes int
	for line := range bytes.Lines(body) {
		if n, _ := fmt.Sscanf(string(line), "VmRSS: %d kB", &kilobytes); n == 1 {
			return kilobytes >> 10
		}
	}
	t.Fatal("no VmRSS")
	return 0
}
