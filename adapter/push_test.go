package adapter

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/salesforce"
)

// What an administrator changes reaches pages that are open, and that a record cannot be used any more does too.
func TestChangesOfTheRecordReachOpenPages(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	cfg := testConfig(t, o.url, t.TempDir())
	clk := clock.NewFake(time.Now())
	cfg.Clock = clk
	n := begin(t, cfg)
	defer n.end()
	page := open(t, n.server, signIn(t, n.server))
	change := func(f func()) {
		o.mu.Lock()
		defer o.mu.Unlock()
		f()
	}
	until := func(fits func(wire.ToPage) bool) {
		t.Helper()
		clk.Advance(records.Every)
		heard, ticking := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ticking)
			for {
				select {
				case <-heard:
					return
				default:
					n.adapter.push(t.Context())
				}
			}
		}()
		page.until(fits)
		close(heard)
		<-ticking
	}
	change(func() { o.region = "eu-west-2" })
	until(func(m wire.ToPage) bool {
		return m.Welcome != nil && m.Welcome.Settings.Region == "eu-west-2" && m.Welcome.Agent == "Amelia"
	})
	change(func() { o.adapters = 2 })
	until(func(m wire.ToPage) bool {
		return m.Notice != nil && strings.Contains(m.Notice.Text, "2 active AC CTI Adapter records")
	})
	change(func() { o.adapters = 1 })
	until(func(m wire.ToPage) bool { return m.Welcome != nil })
}

// A record that cannot be read is told to the administrator, unless it only cannot be read now.
func TestAnOrgThatDoesNotAnswerIsNoMistakeInARecord(t *testing.T) {
	for _, tc := range []struct {
		err         error
		code, level string
	}{
		{fmt.Errorf("read adapter: %w", &salesforce.Error{Status: http.StatusGatewayTimeout}), told.CodeOrgDown, "warning"},
		{fmt.Errorf("read adapter: %w", salesforce.ErrUnreachable), told.CodeOrgDown, "warning"},
		{context.DeadlineExceeded, told.CodeOrgDown, "warning"}, // somebody else is reading it, and waits for the org
		{fault.New(fault.Missing, nil, "There is none."), told.CodeUnusable, "error"},
		{errors.New("a bug"), told.CodeUnusable, "error"},
	} {
		_, what, err := welcomeOf(records.Adapter{}, tc.err)
		why, ok := errors.AsType[*socket.Noticed](err)
		if !ok || why.Code != tc.code || why.Level != tc.level || what != why.Text || what == "" {
			t.Errorf("%v: %+v, %q", tc.err, err, what)
		}
	}
}
