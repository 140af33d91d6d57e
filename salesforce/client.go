// Package salesforce is the client of the CRM: REST, OAuth, Metadata deployment, and quoting for its query language.
//
// Read first: Client, Session, Error. It knows nothing of calls, of the adapter or of the sandbox.
package salesforce

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// APIVersion is the version of the REST API that is asked for.
const APIVersion = "67.0"

const (
	dataPath = "/services/data/v" + APIVersion
	jsonKind = "application/json"
)

const (
	maxBody = 16 << 20 // bytes of an answer that are read
	timeout = 30 * time.Second
	tries   = 4 // of a request that met a passing fault
	// triesUnanswered is how often a change is asked for that got no whole answer: each try may have taken the whole timeout.
	triesUnanswered = 2
	// maxRetryAfter is the longest that the platform may make us wait before a request is repeated.
	maxRetryAfter = time.Minute
)

// Session is a signed-in user's way in.
type Session struct {
	InstanceURL string // origin, no trailing slash
	AccessToken secret.String
	UserID      string // 18 characters; "" if the grant did not say
	Username    string // "" if the way of signing in did not say
	OrgID       string
}

// Config says whose session is used and how it is renewed.
type Config struct {
	Session Session
	// Renew gets a new session after the old one expired; nil means that expiry is final.
	Renew func(context.Context) (Session, error)
	HTTP  *http.Client // nil is one with a timeout
	Clock clock.Clock  // nil is the machine's
	Log   *slog.Logger // nil discards
	Meter *Meter       // takes what the org says of its allowance; nil for nobody
}

// Client calls the REST API as one user. It is safe for concurrent use.
type Client struct {
	http  *http.Client
	clock clock.Clock
	log   *slog.Logger
	renew func(context.Context) (Session, error)
	meter *Meter

	turn    chan struct{} // held while renewing, so that many calls renew once
	mu      sync.Mutex    // guards session
	session Session
}

// New sends nothing.
func New(cfg Config) *Client {
	c := &Client{http: cfg.HTTP, clock: cfg.Clock, log: cfg.Log, renew: cfg.Renew, session: cfg.Session, meter: cfg.Meter,
		turn: make(chan struct{}, 1)}
	if c.http == nil {
		c.http = &http.Client{Timeout: timeout}
	}
	if c.clock == nil {
		c.clock = clock.System{}
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Session is the session in use.
func (c *Client) Session() Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// Usage is what the org says of its API allowance; nil, which knows nothing, if nobody asked for it.
func (c *Client) Usage() *Meter { return c.meter }

// renewed replaces a session that the platform refused; another call may have done so already, or does, for which nobody waits longer
// than ctx.
func (c *Client) renewed(ctx context.Context, refused Session) (Session, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return Session{}, ctx.Err()
	}
	defer func() { <-c.turn }()
	if now := c.Session(); now.AccessToken != refused.AccessToken {
		return now, nil
	}
	if c.renew == nil {
		return Session{}, ErrExpired
	}
	session, err := c.renew(ctx)
	if err != nil {
		return Session{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session = session
	return session, nil
}

// call is one request to the data API: path is below /services/data/vXX.0. in and out are JSON, either may be nil.
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	return c.send(ctx, request{method: method, path: dataPath + path, body: body, kind: jsonKind}, out)
}

type request struct {
	method, path string
	body         []byte
	kind         string       // content type of the body
	repeatable   bool         // a second one does no harm, whatever became of the first
	check        func() error // looks at what was answered; nil for none
}

// again says whether a request is worth another try, and does no harm by it. What is not repeatable goes again only where the org
// said that it did nothing: it may have made a record and then failed to say so.
func (r request) again(err error, try int) bool {
	failed, answered := errors.AsType[*Error](err)
	switch {
	case try >= tries:
		return false
	case answered && r.method == http.MethodPost && !r.repeatable:
		return failed.Passing() && (failed.Status < http.StatusInternalServerError || failed.Status == http.StatusServiceUnavailable)
	case answered:
		return failed.Passing()
	case r.method == http.MethodGet:
		return true
	}
	return r.repeatable && try < triesUnanswered && errors.Is(err, ErrUnreachable)
}

// renewals is how often one request renews its session: the first may give a token that was made before, for another page of the user.
const renewals = 2

// send signs, sends, renews the session and repeats what met a passing fault, with growing pauses.
func (c *Client) send(ctx context.Context, r request, out any) error {
	session, renewed := c.Session(), 0
	for try := 1; ; try++ {
		err := c.once(ctx, session, r, out)
		failed, isError := errors.AsType[*Error](err)
		switch {
		case err == nil:
			return nil
		case isError && failed.staleSession() && renewed < renewals && (c.renew != nil || failed.Status == http.StatusUnauthorized):
			if session, err = c.renewed(ctx, session); err != nil {
				return err
			}
			renewed++
			continue
		case ctx.Err() != nil || !r.again(err, try):
			return err
		}
		c.log.DebugContext(ctx, "request repeated", "method", r.method, "try", try, "err", err)
		wait := jitter(time.Duration(try*try) * 200 * time.Millisecond)
		if isError && failed.RetryAfter > 0 {
			wait = min(failed.RetryAfter, maxRetryAfter)
		}
		if err := clock.Pause(ctx, c.clock, wait); err != nil {
			return err
		}
	}
}

// jitter spreads a pause between its half and its whole, so that many clients do not come back together.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

func (c *Client) once(ctx context.Context, session Session, r request, out any) error {
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, session.InstanceURL+r.path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+session.AccessToken.Expose())
	req.Header.Set("Accept", "application/json")
	if r.body != nil {
		req.Header.Set("Content-Type", r.kind)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return unreachable(r.method, pathOnly(r.path), err)
	}
	defer resp.Body.Close()
	c.meter.read(resp.Header.Get("Sforce-Limit-Info"))
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return unreachable(r.method, pathOnly(r.path), err)
	}
	if len(answer) > maxBody {
		return fmt.Errorf("%s %s: answer larger than %d bytes", r.method, pathOnly(r.path), maxBody)
	}
	if resp.StatusCode >= 300 {
		failed := decodeError(resp.StatusCode, r.method, pathOnly(r.path), answer)
		if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
			failed.RetryAfter = time.Duration(seconds) * time.Second
		}
		return failed
	}
	if out == nil || len(answer) == 0 {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return unread(r.method, pathOnly(r.path), answer, err)
	}
	if r.check != nil {
		return r.check()
	}
	return nil
}

// pathOnly drops the query, which may hold data of people.
func pathOnly(path string) string {
	before, _, _ := strings.Cut(path, "?")
	return before
}

func query(values map[string]string) string {
	q := url.Values{}
	for k, v := range values {
		q.Set(k, v)
	}
	return "?" + q.Encode()
}
