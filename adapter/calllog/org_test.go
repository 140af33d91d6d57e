package calllog

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// org keeps records as an org does: a composite of all or none counts whole, a claim's key is there once.
type org struct {
	t      *testing.T
	client *salesforce.Client
	hung   chan struct{} // the client's patience with a request ends

	mu      sync.Mutex // guards what follows
	records map[string]map[string]fields
	made    int
	// refuse says why a record may not be written; "" lets it.
	refuse  func(object string, values fields) string
	answers map[string]string            // to queries that have the key in them: a list of records, or of errors
	trouble func(w trouble) (dealt bool) // with the next requests; nil for none
	asked   []string
	usage   string
}

type fields = map[string]any

// trouble is a request that the org is about to carry out.
type trouble struct {
	http.ResponseWriter
	over   <-chan struct{} // nobody waits for the answer any more
	commit func() []byte   // carries it out, and gives the answer
}

// at fires every timer at once, so that pauses cost a test nothing.
type at struct{ clock.System }

func (at) AfterFunc(_ time.Duration, f func()) clock.Timer { return clock.System{}.AfterFunc(0, f) }

func open(t *testing.T) *org {
	o := &org{t: t, records: map[string]map[string]fields{}, answers: map[string]string{}, hung: make(chan struct{})}
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	o.client = salesforce.New(salesforce.Config{
		Session: salesforce.Session{InstanceURL: server.URL, AccessToken: "t"}, Clock: at{}, Meter: &salesforce.Meter{},
		HTTP: &http.Client{Transport: impatient{o.hung}},
		Renew: func(context.Context) (salesforce.Session, error) {
			return salesforce.Session{InstanceURL: server.URL}, nil
		},
	})
	return o
}

// impatient gives a request up when the org says that it hangs.
type impatient struct{ hung chan struct{} }

func (i impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, giveUp := context.WithCancel(r.Context())
	go func() {
		select {
		case <-i.hung:
		case <-r.Context().Done():
		}
		giveUp()
	}()
	return http.DefaultTransport.RoundTrip(r.WithContext(ctx))
}

func (o *org) log() Log {
	return Log{
		Client: func(context.Context, string) (*salesforce.Client, error) { return o.client, nil },
		Zone:   func(context.Context, string) (*time.Location, error) { return time.FixedZone("", -8*3600), nil },
	}
}

func (o *org) all(object string) []fields {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []fields
	for id, r := range o.records[object] {
		r = maps.Clone(r)
		r["Id"] = id
		all = append(all, r)
	}
	return all
}

func (o *org) requests() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asked
}

func (o *org) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	path := strings.TrimPrefix(r.URL.RequestURI(), "/services/data/v67.0")
	status := http.StatusOK
	commit := func() []byte {
		o.mu.Lock()
		defer o.mu.Unlock()
		var answer []byte
		switch {
		case path == "/composite":
			answer = o.composite(body)
		case strings.HasPrefix(path, "/composite/sobjects"):
			answer = o.many(r, body)
		default:
			status, answer = o.part(r.Method, path, body)
		}
		return answer
	}
	o.mu.Lock()
	makeTrouble := o.trouble
	o.asked = append(o.asked, r.Method+" "+path+" "+string(body))
	w.Header().Set("Sforce-Limit-Info", o.usage)
	o.mu.Unlock()
	if makeTrouble != nil && makeTrouble(trouble{w, r.Context().Done(), commit}) {
		return
	}
	answer := commit()
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}
