// Package bulk is the CRM's Bulk API 2.0: many records as CSV.
//
// Read first: Handler, job. Source: Bulk API 2.0 developer guide.
package bulk

import (
	"bytes"
	"encoding/csv"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	maxBody = 20 << 20 // of an upload
	maxRows = 100_000  // of a job
	maxJobs = 50       // that are kept
)

// Config says which org and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
	Clock        clock.Clock
	Log          *slog.Logger
}

// Root is the API's own resource, Pattern where the others are.
const (
	Root    = "/services/data/{v}/jobs"
	Pattern = Root + "/"
)

type server struct {
	cfg Config

	mu    sync.Mutex // guards jobs, order, next and what jobs hold
	jobs  map[string]*job
	order []string
	next  int
}

// job is one query or ingestion. Only its own user sees it.
type job struct {
	ID         string `json:"id"`
	Operation  string `json:"operation"`
	Object     string `json:"object,omitempty"`
	External   string `json:"externalIdFieldName,omitempty"`
	CreatedBy  string `json:"createdById"`
	Created    string `json:"createdDate"`
	Modstamp   string `json:"systemModstamp"`
	State      string `json:"state"`
	Mode       string `json:"concurrencyMode"`
	Content    string `json:"contentType"`
	Version    number `json:"apiVersion"`
	ContentURL string `json:"contentUrl,omitempty"`
	LineEnding string `json:"lineEnding"`
	Delimiter  string `json:"columnDelimiter"`
	Kind       string `json:"jobType"`
	Processed  int    `json:"numberRecordsProcessed"`
	Failed     int    `json:"numberRecordsFailed"`
	Message    string `json:"errorMessage,omitempty"`

	query    bool
	upload   []byte
	rows     [][]string // of a query, its header first
	good     [][]string
	bad      [][]string
	leftOver [][]string
}

// number is an API version as the platform writes it: 67.0.
type number float64

// MarshalJSON keeps the digit after the point.
func (n number) MarshalJSON() ([]byte, error) {
	return []byte(strconv.FormatFloat(float64(n), 'f', 1, 64)), nil
}

// Handler serves the API.
func Handler(cfg Config) http.Handler {
	s := &server{cfg: cfg, jobs: map[string]*job{}}
	door := edge.Door{Org: cfg.Org, Authenticate: cfg.Authenticate, Body: maxBody, Log: cfg.Log}
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(call) (answer, error){
		"POST " + Pattern + "query":                s.createQuery,
		"GET " + Pattern + "query/{id}":            s.status,
		"DELETE " + Pattern + "query/{id}":         s.remove,
		"GET " + Pattern + "query/{id}/results":    s.results,
		"POST " + Pattern + "ingest":               s.createIngest,
		"GET " + Pattern + "ingest/{id}":           s.status,
		"DELETE " + Pattern + "ingest/{id}":        s.remove,
		"PUT " + Pattern + "ingest/{id}/batches":   s.upload,
		"PATCH " + Pattern + "ingest/{id}":         s.finish,
		"GET " + Pattern + "ingest/{id}/{results}": s.list,
		Root:    nothing,
		Pattern: nothing,
	} {
		mux.HandleFunc(pattern, door.Op(h))
	}
	return edge.Tidy(mux)
}

func nothing(call) (answer, error) { return answer{}, edge.ErrNoResource }

type (
	call   = edge.Call
	answer = edge.Answer
)

func refuse(code, text string) error {
	return edge.Refuse(http.StatusBadRequest, code, text)
}

// add keeps a new job; beyond the bound the oldest is forgotten.
func (s *server) add(c call, j *job) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	counter := strconv.FormatInt(int64(s.next), 36)
	j.ID = string(schema.To18("750Pc0" + strings.Repeat("0", 9-len(counter)) + counter))
	version, _ := strconv.ParseFloat(strings.TrimPrefix(c.PathValue("v"), "v"), 64)
	now := s.now()
	j.CreatedBy, j.Created, j.Modstamp, j.Mode, j.Content, j.Version = string(c.Actor.User().ID), now, now, "Parallel", "CSV", number(version)
	if !j.query {
		j.ContentURL = strings.TrimPrefix(c.URL.Path, "/") + "/" + j.ID + "/batches"
	}
	if j.LineEnding == "" {
		j.LineEnding = "LF"
	}
	if j.Delimiter == "" {
		j.Delimiter = "COMMA"
	}
	s.jobs[j.ID] = j
	s.order = append(s.order, j.ID)
	if len(s.order) > maxJobs {
		delete(s.jobs, s.order[0])
		s.order = s.order[1:]
	}
	return answer{Status: http.StatusOK, Body: *j}
}

func (s *server) now() string {
	return s.cfg.Clock.Now().UTC().Format(records.DateTime)
}

// mine finds a job of the asking user; s.mu is held.
func (s *server) mine(c call) (*job, error) {
	j, ok := s.jobs[string(schema.To18(c.PathValue("id")))]
	if !ok || j.CreatedBy != string(c.Actor.User().ID) || j.query != strings.Contains(c.URL.Path, "/jobs/query/") {
		return nil, edge.ErrNoResource
	}
	return j, nil
}

func (s *server) status(c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.mine(c)
	if err != nil {
		return answer{}, err
	}
	return answer{Status: http.StatusOK, Body: *j}, nil
}

func (s *server) remove(c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.mine(c)
	if err != nil {
		return answer{}, err
	}
	delete(s.jobs, j.ID)
	return answer{Status: http.StatusNoContent}, nil
}

// list gives one of the three results. Clients and the guide do not agree on capital letters in their names.
func (s *server) list(c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.mine(c)
	if err != nil {
		return answer{}, err
	}
	var rows [][]string
	switch strings.ToLower(c.PathValue("results")) {
	case "successfulresults":
		rows = j.good
	case "failedresults":
		rows = j.bad
	case "unprocessedrecords":
		rows = j.leftOver
	default:
		return answer{}, edge.ErrNoResource
	}
	body, err := j.write(rows)
	return answer{Status: http.StatusOK, CSV: body}, err
}

var delimiters = map[string]rune{"COMMA": ',', "TAB": '\t', "SEMICOLON": ';', "PIPE": '|', "CARET": '^', "BACKQUOTE": '`'}

// write makes CSV as the job wants it.
func (j *job) write(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = delimiters[j.Delimiter], j.LineEnding == "CRLF"
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return append([]byte{}, b.Bytes()...), nil
}

// form checks what a job says of its CSV.
func (j *job) form() error {
	if j.Delimiter != "" && delimiters[j.Delimiter] == 0 {
		return refuse("INVALIDJOB", "columnDelimiter : "+j.Delimiter+" is not supported")
	}
	if j.LineEnding != "" && j.LineEnding != "LF" && j.LineEnding != "CRLF" {
		return refuse("INVALIDJOB", "lineEnding : "+j.LineEnding+" is not supported")
	}
	return nil
}
