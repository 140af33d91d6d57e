package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/effect"
)

// shadowed is how many recorded events a draft is compared with.
const shadowed = 1000

// shadow measures how long a draft takes on recorded events of which it would do each otherwise, by the door that patchcord flow shadow
// knocks at.
func (b bench) shadow(ctx context.Context) ([]figure, error) {
	r, err := newRoom(ctx, filepath.Join(b.folder, "shadow"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.close() }()
	for i := range shadowed {
		e := ring(fmt.Sprint("c-", i), fmt.Sprintf("+1206%07d", 2_000_000+i))
		if err := r.heart.Keep(ctx, userID(fmt.Sprint(i%busyAgents)), "p", e); err != nil {
			return nil, err
		}
	}
	for r.ended.Load() < shadowed && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	door := admin.New(admin.Config{Store: r.store, Event: effect.EventOf, Clock: systemClock, Log: silent}).Local()
	ask := admin.ShadowAsk{Script: strings.Replace(popFlow, `"name":"pop"`, `"name":"draft"`, 1), Event: "connectVoiceContact.onConnecting",
		Days: 1}
	var took []time.Duration
	for _, otherwise := range []bool{false, true} {
		if otherwise {
			ask.Script = strings.Replace(ask.Script, "$.contact.parsedNumber.phone", "$.contact.parsedNumber.number", 1)
		}
		began := time.Now()
		looked, differ, err := compared(ctx, door, ask)
		if err != nil {
			return nil, err
		}
		if took = append(took, time.Since(began)); looked != shadowed || (differ == shadowed) != otherwise {
			return nil, fmt.Errorf("%d of %d events were looked at, and %d differ", looked, shadowed, differ)
		}
	}
	return []figure{milliseconds(fmt.Sprintf("a draft against %d recorded events", shadowed), took).within("max", 5000)}, nil
}

// compared asks slice by slice, as the command does.
func compared(ctx context.Context, door http.Handler, ask admin.ShadowAsk) (looked, differ int, err error) {
	for first := true; first || ask.Next != ""; first = false {
		body, err := json.Marshal(ask)
		if err != nil {
			return 0, 0, err
		}
		answer := httptest.NewRecorder()
		door.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodPost, "/admin/api/shadow", bytes.NewReader(body)))
		var part admin.Shadow
		if err := json.Unmarshal(answer.Body.Bytes(), &part); err != nil || answer.Code != http.StatusOK {
			return 0, 0, fmt.Errorf("the adapter answered %d: %.200s", answer.Code, answer.Body)
		}
		looked += part.Same + part.Differ + part.Fail + part.Unknown
		differ += part.Differ
		ask.Next, ask.Instead, ask.Left = part.Next, part.Instead, part.Left
	}
	return looked, differ, nil
}
