package flow_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/blocks/console"
	"github.com/patchcord/patchcord/adapter/blocks/core"
	. "github.com/patchcord/patchcord/adapter/flow"
)

const circle = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"t"}},
	{"id":"t","type":"SE_CoreTruthy","controls":{"value":true},"ports":{"true":"t"}}]}`

// dialThen is a flow that dials $.payload.number and goes on by the ports given.
func dialThen(ports string) string {
	return `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},
		{"id":"d","type":"SE_AgentDialNumber","controls":{"phoneNumber":"$.payload.number"},"ports":{` + ports + `}},
		{"id":"l","type":"SE_Log","controls":{"message":"$.actions.d.exception.message"},"ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`
}

// attribute is a flow with a block that has no failure port, and lacks what it needs.
func attribute(ports string) string {
	return `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},
		{"id":"x","type":"SE_ContactGetAttributeValue","ports":{` + ports + `}},
		{"id":"l","type":"SE_Log","ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`
}

func TestRunEnds(t *testing.T) {
	number := Event{Payload: map[string]any{"number": "206 555 0100"}}
	for _, tc := range []struct {
		name, flow string
		event      Event
		page       *page
		status     Status
		problem    string
		failures   int
		steps      string // action and port of each
	}{
		{"a circle is stopped", circle, Event{}, &page{}, Failed, "goes in a circle", 0, ""},
		{"a dial that goes well", dialThen(`"success":"e"`), number, &page{}, Completed, "", 0, "s:done d:success e:"},
		{"an unwired success is an end", dialThen(``), number, &page{}, Completed, "", 0, "s:done d:success"},
		{"an unwired failure fails the run with its reason", dialThen(``), Event{}, &page{}, Failed, "phoneNumber is empty", 1,
			"s:done d:failure"},
		{"a wired failure is seen at the end", dialThen(`"failure":"e"`), number, &page{refuse: "busy"}, Partial, "busy", 1,
			"s:done d:failure e:"},
		{"what may have happened leaves by its own way", dialThen(`"failure":"e","unknown":"l"`), number, &page{err: ErrUnknown}, Partial,
			"is not known", 1, "s:done d:unknown l:done e:"},
		{"where there is none, by failure", dialThen(`"failure":"e"`), number, &page{err: fmt.Errorf("page: %w", ErrUnknown)}, Partial,
			"is not known", 1, "s:done d:failure e:"},
		{"a block that is not there fails by its name", `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},
			{"id":"x","type":"SE_Nothing","ports":{"failure":"e"}},{"id":"e","type":"SE_End"}]}`, Event{}, &page{}, Partial,
			"no block SE_Nothing", 1, "s:done x:failure e:"},
		{"what cannot fail goes on by done if it did", attribute(`"done":"e"`), Event{}, &page{}, Partial, "attributeName is empty", 1,
			"s:done x:done e:"},
		{"or by error where that is wired", attribute(`"done":"e","error":"l"`), Event{}, &page{}, Partial, "attributeName is empty", 1,
			"s:done x:error l:done e:"},
		{"an answer that cannot be had now suspends", dialThen(`"failure":"e"`), number, &page{err: errors.New("no page")}, Suspended,
			"no page", 0,
			"s:done d:open"},
		{"and leaves nothing open if nothing was begun", dialThen(`"failure":"e"`), number,
			&page{err: fmt.Errorf("no page: %w", ErrNotBegun)}, Suspended, "no page", 0, "s:done"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			journal := runFlow(t, mustParse(t, tc.flow), tc.event, tc.page)
			if journal.Status != tc.status || !strings.Contains(journal.Problem, tc.problem) || journal.Failures != tc.failures {
				t.Errorf("%s, %d failures: %q", journal.Status, journal.Failures, journal.Problem)
			}
			if (journal.Err != nil) != (tc.status == Suspended) {
				t.Errorf("error %v of a run that is %s", journal.Err, journal.Status)
			}
			if got := trace(journal); tc.steps != "" && got != tc.steps {
				t.Errorf("went %s, want %s", got, tc.steps)
			}
		})
	}
}

func trace(j Journal) string {
	var all []string
	for _, s := range j.Steps {
		port := string(s.Port)
		if s.Open {
			port = "open"
		}
		all = append(all, string(s.Action)+":"+port)
	}
	return strings.Join(all, " ")
}

func TestWithoutPage(t *testing.T) {
	f := mustParse(t, dialThen(`"failure":"l"`))
	journal := Run(t.Context(), Job{Program: f, Event: Event{Payload: map[string]any{"number": "206 555 0100"}}, Now: still})
	if trace(journal) != "s:done d:failure l:done e:" || !strings.Contains(journal.Problem, "no softphone page") {
		t.Errorf("%s: %s", trace(journal), journal.Problem)
	}
}

func TestACancelledRunGoesOnLater(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the adapter stops"))
	journal := Run(ctx, Job{Program: mustParse(t, circle), Now: still})
	if journal.Status != Suspended || journal.Problem != "the adapter stops" || len(journal.Steps) != 0 {
		t.Errorf("%s: %s, %d steps", journal.Status, journal.Problem, len(journal.Steps))
	}
}

// slowPage lets time pass with each search, and says how much of it nothing could be done.
type slowPage struct {
	page
	now           time.Time
	takes, absent time.Duration // a search
	away          time.Duration
}

func (p *slowPage) SearchPop(context.Context, Effect, SearchPop) (any, error) {
	p.now, p.away = p.now.Add(p.takes), p.away+p.absent
	return map[string]any{}, nil
}

func (p *slowPage) Away() time.Duration { return p.away }

func TestOnlyOwnTimeCounts(t *testing.T) {
	f := mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"1"}},
		{"id":"1","type":"SE_SFSearchAndScreenpop","controls":{"searchParams":"x"},"ports":{"success":"2"}},
		{"id":"2","type":"SE_SFSearchAndScreenpop","controls":{"searchParams":"x"},"ports":{"success":"e"}},{"id":"e","type":"SE_End"}]}`)
	for _, tc := range []struct {
		name                 string
		spent, takes, absent time.Duration
		status               Status
		want                 time.Duration
	}{
		{"two slow searches", 0, 29 * time.Second, 0, Completed, 58 * time.Second},
		{"one that is too slow", 0, 61 * time.Second, 0, Failed, 61 * time.Second},
		{"an absence does not count", 0, 10 * time.Minute, 10*time.Minute - 5*time.Second, Completed, 10 * time.Second},
		{"earlier parts do", 40 * time.Second, 25 * time.Second, 0, Failed, 65 * time.Second},
		{"an absence told twice gives no time back", 40 * time.Second, time.Second, time.Hour, Completed, 40 * time.Second},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := &slowPage{now: someTime, takes: tc.takes, absent: tc.absent, away: time.Hour}
			journal := Run(t.Context(), Job{Program: f, Host: Host{Page: p}, Spent: tc.spent, Now: func() time.Time { return p.now }})
			if journal.Status != tc.status || journal.Spent != tc.want {
				t.Errorf("%s after %v, want %s after %v", journal.Status, journal.Spent, tc.status, tc.want)
			}
			if tc.status == Failed && !strings.Contains(journal.Problem, "60 seconds") {
				t.Errorf("problem %q", journal.Problem)
			}
		})
	}
}

func BenchmarkRun(b *testing.B) {
	body, err := os.ReadFile(defaultFlow("02-voiceContactOnConnecting"))
	if err != nil {
		b.Fatal(err)
	}
	var dummies []Block // as many blocks as the original has
	for i := len(blocks.All.All()); i < 113; i++ {
		dummies = append(dummies, Block{Type: fmt.Sprintf("SE_Dummy%d", i)})
	}
	f, err := Load(body, NewBlocks(core.Blocks, console.Blocks, dummies))
	if err != nil {
		b.Fatal(err)
	}
	p := &page{}
	job := Job{Program: f, Event: Event{Contact: &maya}, Host: Host{Page: p}, Now: time.Now}
	b.ReportAllocs()
	for b.Loop() {
		p.asked = p.asked[:0]
		if j := Run(b.Context(), job); j.Status != Completed {
			b.Fatal(j.Problem)
		}
	}
	b.ReportMetric(3*float64(b.N)/b.Elapsed().Seconds(), "blocks/s")
}

// BenchmarkSteps is the interpreter alone: no number is read, nothing is asked.
func BenchmarkSteps(b *testing.B) {
	job := Job{Program: mustParse(b, circle), Now: time.Now}
	b.ReportAllocs()
	for b.Loop() {
		if j := Run(b.Context(), job); len(j.Steps) != MaxSteps {
			b.Fatal(j.Problem)
		}
	}
	b.ReportMetric(MaxSteps*float64(b.N)/b.Elapsed().Seconds(), "blocks/s")
}
