package adapter

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// lastResults writes on the records of CTI flows how their latest runs ended, so that an administrator sees there whether a flow works.
// It is for looking at, and never in the way: what cannot be written now is written with a later run.
type lastResults struct {
	client func(context.Context) (*salesforce.Client, error) // the integration user's
	share  func() float64                                    // of the org's API allowance that is used
	// look has what was edited in the org taken in: after a write of ours nobody knows who edited a record before.
	look  func(context.Context)
	clock clock.Clock
	log   *slog.Logger

	mu      sync.Mutex // guards what follows
	next    map[string]lastResult
	written map[string]lastResult
}

// lastResult is how a run of a flow ended.
type lastResult struct {
	at   time.Time
	said string // without the time
}

const (
	resultsEvery = time.Minute
	// resultsAnew is how often the same result is written with a new time: each write of a flow's record has the adapter read it again.
	resultsAnew   = 5 * time.Minute
	resultsWithin = 20 * time.Second
	maxResults    = 2000 // flows
	longestResult = 255  // characters of the field
)

func newLastResults(client func(context.Context) (*salesforce.Client, error), share func() float64, look func(context.Context),
	clk clock.Clock, log *slog.Logger) *lastResults {
	return &lastResults{client: client, share: share, look: look, clock: clk, log: log,
		next: map[string]lastResult{}, written: map[string]lastResult{}}
}

// note takes in how a run of a flow ended. What was not run says nothing about its flow.
func (l *lastResults) note(r store.Run) {
	id := r.Body.FlowID
	if id == "" || strings.Contains(id, " ") || r.Status == store.NotRun || r.Status.Open() { // a default that could not be written has no id
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.next[id]; known || len(l.next) < maxResults {
		l.next[id] = lastResult{r.Ended, resultOf(r)}
	}
}

var resultWords = map[store.Status]string{
	store.Completed: "completed", store.Partial: "completed, but a block failed", store.Failed: "failed", store.GivenUp: "given up",
}

// numberLike is what could be a telephone number: a record of configuration is no place for one.
var numberLike = regexp.MustCompile(`\+?\d[\d ().\-]{4,}\d`)

func resultOf(r store.Run) string {
	said := resultWords[r.Status]
	if r.Problem != "" && r.Status != store.Completed {
		said += ": " + numberLike.ReplaceAllString(r.Problem, "…")
	}
	return said
}

// text is the field's value.
func (r lastResult) text() string {
	whole := []rune(r.at.UTC().Format("2006-01-02 15:04:05") + " UTC: " + r.said)
	if len(whole) > longestResult {
		whole = append(whole[:longestResult-1], '…')
	}
	return string(whole)
}

// take gives what is to be written now, at most so many rows as one request takes.
func (l *lastResults) take() map[string]lastResult {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := map[string]lastResult{}
	for id, r := range l.next {
		before, was := l.written[id]
		switch {
		case len(due) >= salesforce.MaxRows:
			return due
		case was && before.said == r.said && r.at.Sub(before.at) < resultsAnew:
			continue
		}
		due[id] = r
	}
	return due
}

// wrote notes what the org has taken. What has ended meanwhile is written next time.
func (l *lastResults) wrote(id string, r lastResult) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.written) >= maxResults {
		clear(l.written)
	}
	l.written[id] = r
	if l.next[id] == r {
		delete(l.next, id)
	}
}

// write writes what is due, by one request after a look. While the org's allowance runs out, nothing is.
func (l *lastResults) write(ctx context.Context) {
	due := l.take()
	if len(due) == 0 || l.share() >= salesforce.AllowanceAlarm {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, resultsWithin)
	defer cancel()
	client, err := l.client(ctx)
	if err != nil {
		l.log.DebugContext(ctx, "results of flows not written", "err", err)
		return
	}
	ids, rows := make([]string, 0, len(due)), make([]salesforce.Values, 0, len(due))
	for id, r := range due {
		ids, rows = append(ids, id), append(rows, salesforce.Values{"Id": id, "Last_Result__c": r.text()})
	}
	l.look(ctx)
	answers, err := client.UpsertMany(ctx, "AC_CtiScript__c", "Id", rows)
	if err != nil {
		l.log.WarnContext(ctx, "results of flows not written", "err", err)
		return
	}
	for i, answer := range answers {
		if answer.Err != nil {
			l.log.WarnContext(ctx, "result of a flow not written", "flow", ids[i], "err", answer.Err)
		}
		l.wrote(ids[i], due[ids[i]]) // what is refused once is not asked for again every minute
	}
}
