package adapter

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// An agent's session is used once, after what pops, and an org that does not answer does not keep an adapter from ending.
func TestAGreetingThatHangsDelaysNoEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		g := newGreeter(func(ctx context.Context, _ string) (*salesforce.Client, error) {
			asked.Add(1)
			<-ctx.Done()
			return nil, ctx.Err()
		}, clock.System{})
		g.greet(agentID)
		g.greet(agentID)
		if synctest.Wait(); asked.Load() != 0 {
			t.Error("the org is asked before anything can have popped")
		}
		time.Sleep(greetAfter)
		if synctest.Wait(); asked.Load() != 1 {
			t.Errorf("the org is asked %d times", asked.Load())
		}
		began := time.Now()
		g.close()
		if took := time.Since(began); took > 0 {
			t.Errorf("it took %v", took)
		}
		g.greet(otherAgent) // after the end nothing begins
		g = newGreeter(nil, clock.System{})
		g.greet(agentID)
		g.close()
		time.Sleep(greetAfter) // nor what was to begin
	})
}

// An adapter that can keep nothing is not ready, and says which file it is.
func TestAnAdapterThatCanKeepNothingIsNotReady(t *testing.T) {
	o := newOrg(t)
	a, err := New(t.Context(), testConfig(t, o.url, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	server := httptest.NewServer(a.Handler())
	defer server.Close()
	ask := func() (int, string) {
		resp, err := http.Get(server.URL + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(body)
	}
	if status, body := ask(); status != http.StatusOK {
		t.Errorf("before: %d %s", status, body)
	}
	if err := a.store.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := ask(); status != http.StatusServiceUnavailable || !strings.Contains(body, a.store.File()) {
		t.Errorf("after: %d %s", status, body)
	}
}
