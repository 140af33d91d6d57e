// Package recorded is orgs that answer as they were written down: shapes of orgs that the sandbox does not have.
//
// Read first: Load, Org. Only tests use it.
package recorded

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/patchcord/patchcord/salesforce"
)

// Org answers for all hosts of an org, without a network. It is safe for concurrent use.
type Org struct {
	MyDomain string // origin
	rows     map[string][]map[string]any
	doors    map[string][]hop
	refused  map[string]refusal
	files    map[string][]byte // metadata, by its path in a retrieval

	mu     sync.Mutex // guards writes
	writes []string
}

// hop is one address on the way to a page.
type hop struct {
	At   string `json:"at"`             // whole address
	To   string `json:"to,omitempty"`   // Location; "" if a page answers
	Body string `json:"body,omitempty"` // of that page
}

type refusal struct {
	Status int    `json:"status"`
	Code   string `json:"errorCode"`
	Text   string `json:"message"`
}

//go:embed testdata
var recordings embed.FS

// Load reads an org of testdata by the name of its folder. A file that is not there means that it has none of it.
func Load(name string) (*Org, error) {
	folder, err := fs.Sub(recordings, "testdata/"+name)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil, fmt.Errorf("recorded org %s: %w", name, err)
	}
	o := &Org{MyDomain: "https://example.my.salesforce.com", files: map[string][]byte{}}
	for file, into := range map[string]any{
		"my-domain.json": &o.MyDomain, "rows.json": &o.rows, "doors.json": &o.doors, "refused.json": &o.refused,
	} {
		if err := readJSON(folder, file, into); err != nil {
			return nil, fmt.Errorf("recorded org %s: %s: %w", name, file, err)
		}
	}
	err = fs.WalkDir(folder, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(file) == "." {
			return err
		}
		o.files[file], err = fs.ReadFile(folder, file)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("recorded org %s: %w", name, err)
	}
	return o, nil
}

func readJSON(folder fs.FS, file string, into any) error {
	raw, err := fs.ReadFile(folder, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// Client asks the org as its administrator.
func (o *Org) Client() *salesforce.Client {
	return salesforce.New(salesforce.Config{
		Session: salesforce.Session{InstanceURL: o.MyDomain, AccessToken: "00D!recorded", OrgID: "00D000000000001EAA"},
		HTTP:    &http.Client{Transport: o},
	})
}

// Writes are the requests that would have changed something: method, path and body.
func (o *Org) Writes() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.writes...)
}

// RoundTrip answers. What was not recorded is an error, which no caller takes for an answer of the org.
func (o *Org) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(raw)
	}
	data, isData := strings.CutPrefix(r.URL.Path, "/services/data/v"+salesforce.APIVersion)
	for below, no := range o.refused {
		if isData && strings.HasPrefix(data, below) {
			return answer(r, no.Status, []refusal{no})
		}
	}
	switch {
	case isData && data == "/query":
		return o.query(r, r.URL.Query().Get("q"))
	case r.URL.Path == "/services/oauth2/singleaccess":
		return o.door(r, body)
	case strings.HasPrefix(r.URL.Path, "/services/Soap/m/"):
		return o.retrieve(r, body)
	case isData && r.Method != http.MethodGet:
		o.mu.Lock()
		defer o.mu.Unlock()
		o.writes = append(o.writes, strings.TrimSpace(r.Method+" "+data+" "+body))
		return answer(r, http.StatusCreated, map[string]any{"id": "000000000000001AAA", "success": true})
	}
	return o.page(r)
}

func answer(r *http.Request, status int, v any) (*http.Response, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return text(r, status, string(raw)), nil
}

func text(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(body)),
	}
}

// unrecorded is the error of a question that the folder has no answer for.
func unrecorded(format string, args ...any) error {
	return fmt.Errorf("not recorded: "+format, args...)
}
