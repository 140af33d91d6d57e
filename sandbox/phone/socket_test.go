package phone

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/telephony"
	"github.com/patchcord/patchcord/sandbox/telephony/tone"
)

// leg lets a microphone play.
type leg struct{ *microphone }

func (leg) Codec() telephony.Codec { return telephony.PCMU }
func (leg) Receive(func([]byte))   {}
func (leg) Digits(func(byte))      {}
func (leg) Close()                 {}
func (l leg) Send(frame []byte)    { l.write(0, frame, uint32(len(frame))) }

// press sends a key as browsers do: packets of one time, the last three with the end bit.
func (v *voice) press(key byte) {
	for i := range 6 {
		end := byte(10)
		if i >= 3 {
			end |= 0x80
		}
		v.mic.write(126, []byte{key, end, 0, byte(160 * (i + 1) % 256)}, 0)
	}
	v.mic.write(0, make([]byte, 160), 1600)
}

func share(samples []int16, hertz float64) float64 { return tone.Share(samples, 8000, hertz) }

func TestOnlyOwnPagesOpenAHandset(t *testing.T) {
	leak.Check(t)
	b := build(t)
	for name, origin := range map[string]string{"another origin": "https://elsewhere.example", "no origin": "",
		"a longer one": b.server.URL + "0", "null": "null"} {
		t.Run(name, func(t *testing.T) {
			conn, response, err := b.dial(t, origin)
			if err == nil {
				_ = conn.CloseNow()
				t.Fatal("opened")
			}
			if response == nil || response.StatusCode != http.StatusForbidden {
				t.Errorf("response %v, %v", response, err)
			}
		})
	}
}

// closedWith is the code with which the server ends a socket.
func closedWith(t *testing.T, conn *websocket.Conn) websocket.StatusCode {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func TestJunkClosesTheSocketAndNothingElse(t *testing.T) {
	leak.Check(t)
	b := build(t)
	other := b.open(t, own)
	for _, tc := range []struct {
		name, frame string
		want        websocket.StatusCode
	}{
		{"a megabyte", strings.Repeat("x", 1<<20), websocket.StatusMessageTooBig},
		{"no JSON", "hello", websocket.StatusInvalidFramePayloadData},
		{"no type", `{"call":"k1"}`, websocket.StatusInvalidFramePayloadData},
		{"an array", `[1,2]`, websocket.StatusInvalidFramePayloadData},
		{"a long id", `{"type":"hangup","call":"` + strings.Repeat("k", 100) + `"}`, websocket.StatusInvalidFramePayloadData},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := b.open(t, "")
			_ = p.conn.Write(t.Context(), websocket.MessageText, []byte(tc.frame))
			if got := closedWith(t, p.conn); got != tc.want {
				t.Errorf("closed with %d, want %d", got, tc.want)
			}
		})
	}
	t.Run("a flood", func(t *testing.T) {
		p := b.open(t, "")
		for range 3 * atOnce {
			if p.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"later"}`)) != nil {
				break
			}
		}
		if got := closedWith(t, p.conn); got != websocket.StatusPolicyViolation {
			t.Errorf("closed with %d", got)
		}
	})
	t.Run("types that this server does not know, and calls that are not there, change nothing", func(t *testing.T) {
		for _, m := range []fromPage{{Type: "later"}, {Type: "hangup", Call: "k9"}, {Type: "answer", Call: "k9"}, {Type: "decline"}} {
			other.say(m)
		}
		other.say(fromPage{Type: "register", Number: "nobody"})
		if m := other.heard("registered"); m.Reachable {
			t.Errorf("registered: %+v", m)
		}
	})
}

func TestThereAreOnlySoManyHandsets(t *testing.T) {
	leak.Check(t)
	b := build(t)
	var last *page
	for range maxHandsets {
		last = b.open(t, "")
	}
	conn, _, err := b.dial(t, b.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	if got := closedWith(t, conn); got != websocket.StatusTryAgainLater {
		t.Errorf("closed with %d", got)
	}
	last.close()
	deadline := time.After(15 * time.Second)
	for {
		again, _, err := b.dial(t, b.server.URL)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = again.Read(t.Context())
		_ = again.CloseNow()
		if err == nil {
			return
		}
		select {
		case <-deadline:
			t.Fatal("a place that became free stays taken")
		default:
		}
	}
}

func TestThePageIsServed(t *testing.T) {
	leak.Check(t)
	b := build(t)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, tc := range []struct {
		name, path, host string
		status           int
	}{
		{"at its address", "/phone", "", 200},
		{"with a slash", "/phone/", "", 200},
		{"its script", "/phone/assets/a.js", "", 200},
		{"nothing that is not there", "/phone/secret", "", 404},
		{"nothing above it", "/phone/..%2f..%2fgo.mod", "", 400},
		{"another name of this place leads to the one that works", "/phone", "127.0.0.1", 302},
		{"its socket wants a socket", "/phone/socket", "", 403},
	} {
		t.Run(tc.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+tc.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Host = tc.host
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != tc.status {
				t.Fatalf("status %d, want %d", response.StatusCode, tc.status)
			}
			if csp := response.Header.Get("Content-Security-Policy"); tc.status == 200 &&
				(!strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe")) {
				t.Errorf("policy %q", csp)
			}
			if tc.status == 302 && response.Header.Get("Location") != b.server.URL+"/phone" {
				t.Errorf("leads to %q", response.Header.Get("Location"))
			}
		})
	}
}

// The messages in testdata are read by the page's tests too.
func TestMessagesAreWhatThePageExpects(t *testing.T) {
	body, err := os.ReadFile("testdata/messages.json")
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ ToPage, FromPage []json.RawMessage }
	if err := json.Unmarshal(body, &kept); err != nil {
		t.Fatal(err)
	}
	mid, index := "0", uint16(0)
	candidates := []telephony.Candidate{{Candidate: "candidate:1", SDPMid: &mid, SDPMLineIndex: &index}}
	for i, message := range []any{
		welcome{"welcome", own, far},
		servers{"servers", []telephony.ICEServer{{URLs: []string{"turn:127.0.0.1:3478?transport=udp"}, Username: "u", Credential: "c"}}},
		registered{"registered", own, true},
		incoming{"incoming", "k1", far},
		audio{"audio", "k1", "v=0", candidates},
		step{"ringing", "k1"},
		step{"connected", "k1"},
		digit{"digit", "k1", "5"},
		endedBy("k1", telephony.Busy),
	} {
		got, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(value(t, kept.ToPage[i]), value(t, got)); diff != "" {
			t.Errorf("message %d (-kept +written):\n%s", i, diff)
		}
	}
	for i, want := range []fromPage{
		{Type: "register", Number: own},
		{Type: "call", Call: "k1", To: far, Withheld: true, SDP: "v=0", Candidates: candidates},
		{Type: "answer", Call: "k1", SDP: "v=0", Candidates: []telephony.Candidate{}},
		{Type: "decline", Call: "k1"},
		{Type: "hangup", Call: "k1"},
	} {
		got, err := readMessage(kept.FromPage[i])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("message %d (-want +read):\n%s", i, diff)
		}
	}
}

func value(t *testing.T, body []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func FuzzReadMessage(f *testing.F) {
	f.Add([]byte(`{"type":"call","call":"k1","to":"+12065550100","candidates":[{"candidate":"candidate:1"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := readMessage(body)
		if err == nil && (m.Type == "" || len(m.Call) > maxID) {
			t.Fatalf("%+v", m)
		}
	})
}
