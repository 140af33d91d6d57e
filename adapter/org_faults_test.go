package adapter

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

// faulty is an org that fails for some requests.
type faulty struct {
	http.RoundTripper
	mu    sync.Mutex // guards what follows
	fails func(r *http.Request) (status int, header http.Header)
	seen  []string
}

// hang is the status of an answer that does not come, slow of one that takes nearly half of what a caller waits.
const (
	hang = -1
	slow = -2
)

func (f *faulty) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.seen = append(f.seen, r.Method+" "+r.URL.Path)
	fails := f.fails
	f.mu.Unlock()
	status, header := 0, http.Header(nil)
	if fails != nil {
		status, header = fails(r)
	}
	switch status {
	case 0:
		return f.RoundTripper.RoundTrip(r)
	case hang:
		<-r.Context().Done()
		return nil, r.Context().Err()
	case slow:
		if err := clock.Pause(r.Context(), clock.System{}, 2400*time.Millisecond); err != nil {
			return nil, err
		}
		return f.RoundTripper.RoundTrip(r)
	}
	return inProcess{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `[{"errorCode":"FAILED_%d","message":"no"}]`, status)
	})}.RoundTrip(r)
}

// A short number of the org's country may be the end of a stranger's: whatever the org does when it is asked for the candidates' numbers,
// the agent has what can be known within the bound, and never a stranger's record.
func TestNoFaultOfTheOrgPopsAStrangerOrKeepsTheAgentWaiting(t *testing.T) {
	short := func(id string) wire.Event {
		e := connecting(id)
		e.Contact.PhoneNumber = "+4722123456"
		return e
	}
	stranger := `{"003000000000009AAA":{"Id":"003000000000009AAA","Name":"Stranger","RecordType":"Contact"},` +
		`"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":"003000000000009AAA"}}}`
	for _, f := range []struct {
		name   string
		status int
		header http.Header
	}{
		{"401", 401, nil}, {"403", 403, nil}, {"429", 429, http.Header{"Retry-After": {"40"}}}, {"500", 500, nil}, {"504", 504, nil},
		{"hang", hang, nil}, {"slow", slow, nil}, {"no fault", 0, nil},
	} {
		for _, part := range []string{"/composite", "/describe", "/search", "/"} {
			t.Run(f.name+part, func(t *testing.T) {
				bubble(t, func(m *middle) {
					far := &faulty{RoundTripper: m.send, fails: func(r *http.Request) (int, http.Header) {
						if strings.Contains(r.URL.Path, part) {
							return f.status, f.header
						}
						return 0, nil
					}}
					m.send = far
					m.org.phones["003000000000009AAA"] = "(202) 212-3456"
					m.restart()
					began := time.Now()
					var ended time.Duration
					m.page.answers = func(c wire.Command) (wire.Result, bool) {
						value := `{}`
						switch c.Body.Type {
						case "search":
							value = stranger
						case "softphoneLayout":
							value = `{"Inbound":{"objects":{"Contact":[{"displayName":"Name","apiName":"Name"}]},` +
								`"screenPopSettings":{"SingleMatch":{"screenPopType":"PopToEntity"},"NoMatch":{"screenPopType":"DoNothing"},` +
								`"MultipleMatches":{"screenPopType":"DoNothing"}}}}`
						}
						ended = time.Since(began)
						return wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: []byte(value)}, true
					}
					m.tell(short("c-1"))
					rest(time.Minute)
					if pops := m.page.of("screenPop"); len(pops) != 0 {
						t.Errorf("popped %s", pops[0].Body.ScreenPop.Params)
					}
					var took time.Duration
					_ = m.base.View(context.Background(), func(tx *store.Tx) error {
						r, err := tx.Run(1)
						took = r.Body.Took
						return err
					})
					if runs := m.runsOf("c-1"); runs["flow completed"] != 1 || took > 6*time.Second {
						t.Errorf("%v after %v, the page heard last after %v; %v", runs, took, ended, far.seen)
					}
				})
			})
		}
	}
}

// An agent whose session is being renewed by a request that hangs does not keep the caller's pop waiting.
func TestARenewalThatHangsDelaysNoPop(t *testing.T) {
	bubble(t, func(m *middle) {
		renewing := make(chan struct{}, 10)
		far := &faulty{RoundTripper: m.send, fails: func(*http.Request) (int, http.Header) { return http.StatusUnauthorized, nil }}
		shared := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: m.org.url, UserID: agentID},
			HTTP: &http.Client{Transport: far}, Clock: m.clock,
			Renew: func(ctx context.Context) (salesforce.Session, error) {
				renewing <- struct{}{}
				<-ctx.Done()
				return salesforce.Session{}, ctx.Err()
			}})
		m.client = func(context.Context, string) (*salesforce.Client, error) { return shared, nil }
		m.restart()
		m.tell(connected("c-0"))
		m.tell(ended("c-0")) // its Task renews, and waits
		rest(time.Second)
		<-renewing
		e := connecting("c-1")
		e.Contact.PhoneNumber = "+4722123456"
		m.tell(e)
		rest(8 * time.Second)
		if runs := m.runsOf("c-1"); runs["flow completed"] != 1 {
			m.t.Errorf("runs %v", runs)
		}
	})
}

// An org may refuse tokens that it has just made. The agent is signed in all the while, so that nobody asks them to sign in: what waited
// for that would wait for ever.
func TestARefusalOfNewTokensWaitsForNoSignIn(t *testing.T) {
	bubble(t, func(m *middle) {
		left, tokens := 7, 0
		far := &faulty{RoundTripper: m.send, fails: func(*http.Request) (int, http.Header) {
			if left--; left >= 0 {
				return http.StatusUnauthorized, nil
			}
			return 0, nil
		}}
		shared := salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: m.org.url, UserID: agentID},
			HTTP: &http.Client{Transport: far}, Clock: m.clock,
			Renew: func(context.Context) (salesforce.Session, error) {
				tokens++
				return salesforce.Session{InstanceURL: m.org.url, UserID: agentID, AccessToken: secret.String(fmt.Sprint(tokens))}, nil
			}})
		m.client = func(context.Context, string) (*salesforce.Client, error) { return shared, nil }
		m.restart()
		m.tell(connected("c-0"))
		m.tell(ended("c-0"))
		rest(10 * time.Minute)
		if n := len(m.org.tasksOf("c-0")); n != 1 {
			m.t.Errorf("%d Tasks after %d new tokens; %v", n, tokens, m.runsOf("c-0"))
		}
	})
}

// An org that comes back may refuse a Task at first, whatever the reason: that it was away before takes none of the tries away that there
// are for it.
func TestAnOutageTakesNoTriesFromARefusal(t *testing.T) {
	bubble(t, func(m *middle) {
		statuses := []int{503, 503, 503, 503, 503, 503, 503, 503, 503, 503, 503, 503, 400, 400}
		m.send = &faulty{RoundTripper: m.send, fails: func(r *http.Request) (status int, _ http.Header) {
			if !strings.Contains(r.URL.Path, "/composite") || strings.Contains(r.URL.Path, "/sobjects") || len(statuses) == 0 {
				return 0, nil
			}
			status, statuses = statuses[0], statuses[1:]
			return status, nil
		}}
		m.restart()
		m.tell(connected("c-0"))
		m.tell(ended("c-0"))
		rest(10 * time.Minute)
		if n := len(m.org.tasksOf("c-0")); n != 1 {
			m.t.Errorf("%d Tasks, %d answers left; %v", n, len(statuses), m.runsOf("c-0"))
		}
	})
}

// busyCentre is a contact centre at which others are before one in the queue.
type busyCentre struct{}

func (busyCentre) UpdateAttributes(ctx context.Context, _ string, _ map[string]string) error {
	<-ctx.Done()
	return ctx.Err()
}

// Whatever a flow asks the org or the contact centre for, its waiting for one that hangs keeps no other call of the agent from popping.
func TestFlowsThatWaitAreInNobodysWay(t *testing.T) {
	flows := map[string]string{
		"profile": `{"type":"SE_GetProperty","controls":{"key":"userProfile"},"ports":{"success":"end","failure":"end"}`,
		"all":     `{"type":"SE_GetAllProperties","controls":{},"ports":{"success":"end","failure":"end","done":"end"}`,
		"centre":  `{"type":"SE_ContactUpdateAttributes","controls":{"attributes":{"a":"b"}},"ports":{"success":"end","failure":"end"}`,
	}
	for name, block := range flows {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(m *middle) {
				m.send = &faulty{RoundTripper: m.send, fails: func(r *http.Request) (int, http.Header) {
					if strings.Contains(r.URL.Path, "/sobjects/User/") {
						return hang, nil
					}
					return 0, nil
				}}
				m.centre = busyCentre{}
				usual := m.rules
				m.rules = onRing(m.t, `{"actions":[{"id":"start","type":"SE_Start","ports":{"done":"asks"}},`+
					block+`,"id":"asks"},{"id":"end","type":"SE_End"}]}`)
				m.restart()
				for i := range 10 {
					m.tell(connecting(fmt.Sprint("slow-", i)))
				}
				rest(time.Second)
				m.mu.Lock()
				m.rules = usual
				m.mu.Unlock()
				m.tell(connecting("c-1"))
				rest(time.Second)
				if runs := m.runsOf("c-1"); runs["flow completed"] != 1 {
					m.t.Errorf("runs %v", runs)
				}
			})
		})
	}
}

// absent makes a user's session dead until they sign in.
type absent struct {
	mu     sync.Mutex
	signed map[string]bool
	asked  map[string]int
}

func (a *absent) client(m *middle) func(context.Context, string) (*salesforce.Client, error) {
	return func(_ context.Context, userID string) (*salesforce.Client, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.asked[userID]++
		if !a.signed[userID] {
			return nil, fault.New(fault.Unsigned, nil, "Sign in to use the softphone.")
		}
		return salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: m.org.url, UserID: userID},
			HTTP: &http.Client{Transport: m.send}, Clock: m.clock}), nil
	}
}

// Thousands of records of an agent who does not come back are in nobody's way, before and after a restart.
func TestTheRecordsOfAnAbsentAgentAreInNobodysWay(t *testing.T) {
	const many, other = 5000, "005000000000002AAA"
	bubble(t, func(m *middle) {
		who := &absent{signed: map[string]bool{other: true}, asked: map[string]int{}}
		m.client = who.client(m)
		m.end()
		err := m.base.Do(context.Background(), "", func(tx *store.Tx) error {
			for i := range many {
				r := store.Run{User: agentID, Contact: fmt.Sprint("old-", i), Kind: "task", Status: store.Waiting, Created: time.Now()}
				r.Body.Fact.User, r.Body.Fact.Contact = agentID, ended(r.Contact).Contact
				r.Body.Fact.Source, r.Body.Fact.Event, r.Body.Fact.Key = "connectVoiceContact", "onEnded", r.Contact+":onEnded:63400"
				r.Body.Fact.At = time.Now()
				if err := tx.AddRun(&r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			m.t.Fatal(err)
		}
		for life := 1; life <= 2; life++ {
			m.begin()
			id := fmt.Sprint("new-", life)
			for _, e := range []wire.Event{connecting(id), connected(id), ended(id)} {
				if err := m.heart.Keep(context.Background(), other, "q", e); err != nil {
					m.t.Fatal(err)
				}
			}
			rest(5 * time.Second)
			if n := len(m.org.tasksOf(id)); n != 1 {
				m.t.Errorf("life %d: the other agent has %d Tasks", life, n)
			}
			rest(10 * time.Minute)
			if n := who.asked[agentID]; n > many*life+10 {
				m.t.Errorf("life %d: tried %d times", life, n)
			}
			if s := m.engine.Standing(); s.Waiting != many {
				m.t.Errorf("life %d: %+v", life, s)
			}
			if life == 1 {
				m.end()
			}
		}
		who.mu.Lock()
		who.signed[agentID] = true
		who.mu.Unlock()
		m.engine.Wake(agentID)
		rest(10 * time.Minute)
		if n := m.open(); n != 0 || len(m.org.tasks) != many+2 {
			m.t.Errorf("after the sign-in: %d open, %d Tasks", n, len(m.org.tasks))
		}
	})
}
