package cti

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// address is what a page opens its socket at, on the server of the test.
func (d *floor) address(token string) string {
	d.Helper()
	_, answer := d.ask(token, "CreateTransport", `{"transportType":"web_socket"}`)
	transport, ok := answer["webSocketTransport"].(map[string]any)
	if !ok || transport["transportLifeTimeInSeconds"].(float64) < 300 {
		d.Fatalf("%v", answer)
	}
	given := transport["url"].(string)
	if !strings.HasPrefix(given, "wss://desk.example/ws?token=") {
		d.Fatalf("address %s", given)
	}
	return strings.Replace(given, "wss://desk.example", strings.Replace(d.url, "http", "ws", 1), 1)
}

func dial(ctx context.Context, address, from string) (*websocket.Conn, *http.Response, error) {
	return websocket.Dial(ctx, address, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {from}}})
}

func (d *floor) noSocket(address, from string) {
	d.Helper()
	conn, res, err := dial(d.Context(), address, from)
	if err == nil {
		_ = conn.CloseNow()
	}
	if err == nil || res == nil || res.StatusCode != http.StatusForbidden {
		d.Errorf("from %s: %v", from, err)
	}
}

type line struct {
	*floor
	conn *websocket.Conn
}

func (d *floor) socket(address string) *line {
	d.Helper()
	conn, _, err := dial(d.Context(), address, origin)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { _ = conn.CloseNow() })
	return &line{d, conn}
}

func (l *line) say(frame string) string {
	l.Helper()
	ctx, cancel := context.WithTimeout(l.Context(), 10*time.Second)
	defer cancel()
	if err := l.conn.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
		l.Fatal(err)
	}
	_, body, err := l.conn.Read(ctx)
	if err != nil {
		l.Fatal(err)
	}
	return string(body)
}

func (l *line) beat() {
	l.Helper()
	if got := l.say(`{"topic":"aws/heartbeat"}`); got != `{"topic":"aws/heartbeat"}` {
		l.Fatalf("beat: %s", got)
	}
}

func (l *line) closed() {
	l.Helper()
	ctx, cancel := context.WithTimeout(l.Context(), 10*time.Second)
	defer cancel()
	if _, body, err := l.conn.Read(ctx); err == nil || ctx.Err() != nil {
		l.Errorf("the socket is open: %s, %v", body, err)
	}
}

func TestTheSocketSpeaksTheClientsProtocol(t *testing.T) {
	d := open(t, state(t), origin)
	l := d.socket(d.address(d.browser().signIn("amelia")))
	for _, tc := range []struct{ name, frame, want string }{
		{"a beat", `{"topic":"aws/heartbeat"}`, `{"topic":"aws/heartbeat"}`},
		{"a subscription", `{"topic":"aws/subscribe","content":{"topics":["aws/softphone"]}}`,
			`{"content":{"status":"success","topics":["aws/softphone"]},"topic":"aws/subscribe"}`},
		{"junk", `{`, `{"message":"malformed frame"}`},
		{"a frame without a topic", `{}`, `{"message":"malformed frame"}`},
		{"a list", `[1,2]`, `{"message":"malformed frame"}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := l.say(tc.frame); got != tc.want {
				t.Errorf("%s", got)
			}
		})
	}
	ask := func(method, params string) string {
		t.Helper()
		frame := l.say(fmt.Sprintf(`{"topic":"aws/softphone","connectionId":"leg","jsonRpcMsg":{"jsonrpc":"2.0","id":"7",`+
			`"method":%q,"params":%s}}`, method, params))
		var outer struct{ Content string }
		if err := json.Unmarshal([]byte(frame), &outer); err != nil {
			t.Fatalf("%s: %v", frame, err)
		}
		return outer.Content
	}
	for _, tc := range []struct{ name, method, params, want string }{
		{"an invitation is answered with what names the connection", "invite", `{"sdp":"o","contactId":"k","callContextToken":"k"}`,
			fmt.Sprintf(`{"connectionId":"leg","jsonRpcMsg":{"id":"7","jsonrpc":"2.0",`+
				`"result":{"candidates":[{"candidate":"candidate:1"}],"peerConnectionId":"%s in k","sdp":"answer to o"}}}`, d.id("amelia"))},
		{"an invitation with another contact's token is refused", "invite", `{"sdp":"o","contactId":"k","callContextToken":"other"}`,
			`{"connectionId":"leg","jsonRpcMsg":{"error":{"code":403,"message":"the call context token is not this ` +
				`contact's"},"id":"7","jsonrpc":"2.0"}}`},
		{"a refusal keeps its code", "invite", `{"contactId":"k","callContextToken":"k"}`,
			`{"connectionId":"leg","jsonRpcMsg":{"error":{"code":486,"message":"busy"},"id":"7","jsonrpc":"2.0"}}`},
		{"accept is confirmed", "accept", `{"contactId":"k"}`, `{"connectionId":"leg","jsonRpcMsg":{"id":"7","jsonrpc":"2.0","result":{}}}`},
		{"a goodbye is confirmed", "bye", `{"contactId":"k","peerConnectionId":"first"}`,
			`{"connectionId":"leg","jsonRpcMsg":{"id":"7","jsonrpc":"2.0","result":{}}}`},
		{"another method is not there", "dance", `{}`,
			`{"connectionId":"leg","jsonRpcMsg":{"error":{"code":400,"message":"no such method"},"id":"7","jsonrpc":"2.0"}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := ask(tc.method, tc.params); got != tc.want {
				t.Errorf("%s", got)
			}
		})
	}
	if d.phone.mu.Lock(); !slices.Equal(d.phone.byes, []string{"first"}) {
		t.Errorf("byes %v", d.phone.byes)
	}
	d.phone.mu.Unlock()
}
