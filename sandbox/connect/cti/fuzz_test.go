package cti

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/connect"
)

func FuzzFrame(f *testing.F) {
	f.Add([]byte(`{"topic":"aws/softphone","connectionId":"leg","jsonRpcMsg":{"jsonrpc":"2.0","id":"7","method":"invite",` +
		`"params":{"sdp":"v=0","candidates":[{"candidate":"c","sdpMid":"0","sdpMLineIndex":0}]}}}`))
	f.Add([]byte(`{"topic":"aws/subscribe","content":{"topics":["aws/softphone"]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if frame, err := readFrame(body); err == nil && (frame.Topic == "" || !json.Valid(body)) {
			t.Fatalf("%+v", frame)
		}
	})
}

// FuzzOperation sends anything to any operation: the answer is JSON, and never our own fault.
func FuzzOperation(f *testing.F) {
	for _, name := range []string{"GetAgentSnapshot", "PutAgentState", "CreateOutboundContact", "AcceptContact",
		"HoldConnection", "SendDigits", "CreateTransport", "GetEndpoints", "UpdateAgentConfiguration"} {
		f.Add(name, []byte(`{"nextToken":"1","timeout":1,"contactId":"c","connectionId":"d","digits":"1",`+
			`"transportType":"softphone","state":{"agentStateARN":"a/id-2"},`+
			`"enqueueNextState":true,"configuration":{"softphoneEnabled":false,"extension":"+12065550150",`+
			`"agentPreferences":{"LANGUAGE":"de_DE"}},"endpoint":{"type":"phone_number","phoneNumber":"+12065550142"}}`))
	}
	st := state(f)
	n := 1000
	log, now := slog.New(slog.DiscardHandler), clock.NewFake(time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC))
	centre := connect.New(connect.Config{Clock: now, IDs: func() string { n++; return fmt.Sprint(n) }, Log: log, State: st})
	centre.SetMedia(silent{})
	s := &server{cfg: Config{Centre: centre, Softphone: &phone{}, Page: fstest.MapFS{}, Origin: origin, Key: st.Key,
		Clock: now, Log: log}, ctx: f.Context()}
	s.sessions.all = map[string]map[*context.CancelFunc]struct{}{}
	token := s.sign(session{Agent: st.Users[0].ID, Expires: now.Now().Add(time.Hour).Unix(), Nonce: "n"})
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/api", strings.NewReader(string(body)))
		r.Header.Set("X-Amz-Target", target+name)
		r.Header.Set("X-Amz-Bearer", token)
		w := httptest.NewRecorder()
		s.operation(w, r)
		if w.Code >= 500 || !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	})
}

func FuzzToken(f *testing.F) {
	st := state(f)
	now := clock.NewFake(time.Unix(0, 0))
	s := &server{cfg: Config{Centre: connect.New(connect.Config{Clock: now, State: st}), Key: st.Key, Clock: now}}
	good := s.sign(session{Agent: st.Users[0].ID, Expires: 1, Nonce: "n"})
	f.Add(good)
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, token string) {
		if v, err := s.read(token); err == nil && (token != good || v.Nonce != "n") {
			t.Fatalf("%q is taken for %+v", token, v)
		}
	})
}
