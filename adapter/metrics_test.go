package adapter

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/store"
)

// scrape gives the lines of /metrics.
func scrape(t *testing.T, server *httptest.Server) []string {
	t.Helper()
	resp, err := http.Get(server.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", resp.StatusCode, err)
	}
	return strings.Split(string(body), "\n")
}

// The names are a promise: dashboards and alarms are made of them, see docs/operate.md.
func TestACallIsCounted(t *testing.T) {
	o := newOrg(t)
	server := start(t, o)
	page := open(t, server, signIn(t, server))
	page.tell(connecting("c-1"))
	for _, kind := range []string{"search", "screenPop"} {
		c := page.command(kind)
		page.does(c, popsMaya(c))
	}
	var lines []string
	for _, last := range []string{ // the run ends after its last answer, and is counted under one name after another
		`patchcord_pops_total{outcome="popped"} 1`, `patchcord_flow_runs_total{flow="pop",status="completed"} 1`,
		`patchcord_runs_total{kind="flow",status="completed"} 1`, `patchcord_run_seconds_count{kind="flow"} 1`,
	} {
		for !slices.Contains(lines, last) {
			lines = scrape(t, server)
		}
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{
		`patchcord_facts_total{source="connectVoiceContact"} 1`, `patchcord_flow_runs_total{flow="pop",status="completed"} 1`,
		`patchcord_runs_total{kind="flow",status="completed"} 1`, "patchcord_fact_committed_seconds_count 1",
		"patchcord_fact_to_command_seconds_count 1", `patchcord_run_seconds_count{kind="flow"} 1`,
		`patchcord_org_request_seconds_count{result="ok"} `,
		"patchcord_pages 1", "patchcord_agents_connected 1", "patchcord_runs_open ", "patchcord_runs_under_way ",
		"patchcord_runs_waiting_for_sign_in 0", "patchcord_runs_given_up 0", "patchcord_org_api_used ", "patchcord_org_api_limit ",
		"patchcord_org_api_used_ratio ", "patchcord_store_bytes ", "patchcord_store_free_bytes ", "patchcord_store_oldest_seconds ",
		"patchcord_store_writable 1", "patchcord_store_damage 0", "process_resident_memory_bytes ", "go_goroutines ",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	text, err := os.ReadFile("../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`patchcord_[a-z_]+[a-z]`).FindAllString(string(text), -1)
	if len(named) < 30 {
		t.Fatalf("the page names %d metrics", len(named))
	}
	for _, name := range named {
		if !strings.Contains(all, "\n"+name+"{") && !strings.Contains(all, "\n"+name+" ") && !slices.Contains(elsewhere, name) {
			t.Errorf("docs/operate.md speaks of %s, which there is not", name)
		}
	}
}

// elsewhere are metrics that not every adapter has, or that nothing has been counted of here.
var elsewhere = []string{"patchcord_certificate_ends_timestamp_seconds", "patchcord_facts_refused_total", "patchcord_run_seconds",
	"patchcord_org_request_seconds", "patchcord_fact_committed_seconds", "patchcord_fact_to_command_seconds"}

// Whatever pages tell and administrators name, the number of series is bounded.
func TestSeriesAreBounded(t *testing.T) {
	registry := prometheus.NewRegistry()
	m := newMetrics(registry)
	statuses := []store.Status{store.Completed, store.Partial, store.Failed, store.GivenUp, store.NotRun}
	for i := range 5_000 {
		m.ended(store.Run{Kind: heart.Flow, Flow: fmt.Sprintf("flow %d \xff", i), Status: statuses[i%len(statuses)],
			Body: store.Body{Took: time.Second, Fact: fact.Fact{Event: "onConnecting"}}})
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	series := 0
	for _, f := range families {
		if strings.HasPrefix(f.GetName(), "patchcord_") {
			series += len(f.GetMetric())
		}
	}
	if series > 700 { // a hundred names and the others, five statuses each, and the rest
		t.Errorf("%d series", series)
	}
}

// A page cannot make series of its own.
func TestAnUnknownSourceMakesNoSeries(t *testing.T) {
	server := start(t, newOrg(t))
	page := open(t, server, signIn(t, server))
	e := connecting("c-1")
	e.Source = "invented"
	page.tell(e)
	all := ""
	for !strings.Contains(all, `patchcord_facts_refused_total{reason="malformed"} 1`) {
		all = strings.Join(scrape(t, server), "\n")
	}
	if strings.Contains(all, "invented") {
		t.Error(all)
	}
}
