package bulk

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func (s *server) createIngest(c call) (answer, error) {
	var in struct {
		Object     string `json:"object"`
		Operation  string `json:"operation"`
		External   string `json:"externalIdFieldName"`
		LineEnding string `json:"lineEnding"`
		Delimiter  string `json:"columnDelimiter"`
	}
	if err := json.Unmarshal(c.Body, &in); err != nil {
		return answer{}, refuse("JSON_PARSER_ERROR", "expected an object")
	}
	d, err := c.Actor.Describe(in.Object)
	if err != nil {
		return answer{}, refuse("INVALIDENTITY", "Unable to find object: "+in.Object)
	}
	j := &job{Object: d.Name, Operation: in.Operation, External: in.External, LineEnding: in.LineEnding,
		Delimiter: in.Delimiter, Kind: "V2Ingest", State: "Open"}
	switch {
	case !slices.Contains([]string{"insert", "update", "upsert", "delete"}, in.Operation):
		return answer{}, refuse("INVALIDJOB", "operation : "+in.Operation+" is not supported")
	case in.Operation == "upsert" && in.External == "":
		return answer{}, refuse("INVALIDJOB", "External ID was blank for "+in.Object)
	}
	if err := j.form(); err != nil {
		return answer{}, err
	}
	return s.add(c, j), nil
}

func (s *server) upload(c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.mine(c)
	switch {
	case err != nil:
		return answer{}, err
	case j.State != "Open" || j.upload != nil:
		return answer{}, refuse("INVALIDJOBSTATE", "Invalid job state: a job takes one upload while it is open")
	}
	j.upload = c.Body
	return answer{Status: http.StatusCreated}, nil
}

// finish is the end of the upload: the rows are worked off at once. Or the job is given up.
func (s *server) finish(c call) (answer, error) {
	var in struct {
		State string `json:"state"`
	}
	if err := json.Unmarshal(c.Body, &in); err != nil {
		return answer{}, refuse("JSON_PARSER_ERROR", "expected an object")
	}
	s.mu.Lock()
	j, err := s.mine(c)
	switch {
	case err != nil:
		s.mu.Unlock()
		return answer{}, err
	case j.State != "Open" || in.State != "UploadComplete" && in.State != "Aborted":
		s.mu.Unlock()
		return answer{}, refuse("INVALIDJOBSTATE", "Invalid job state: "+in.State)
	}
	j.State, j.Modstamp = in.State, s.now()
	out, work := *j, *j
	s.mu.Unlock()
	if in.State == "UploadComplete" { // nobody else touches a job that is no longer open
		if err := work.work(c); err != nil {
			s.cfg.Log.ErrorContext(c.Context(), "job failed", "job", work.ID, "err", err)
			work.State, work.Message = "Failed", "InternalServerError : try again"
		}
	}
	work.upload = nil
	s.mu.Lock()
	*j = work
	s.mu.Unlock()
	return answer{Status: http.StatusOK, Body: out}, nil
}

// work writes the rows of the upload one by one; trouble with one is its own.
func (j *job) work(c call) error {
	if why := unreadable(j.upload); why != "" {
		j.State, j.Message = "Failed", why
		return nil
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(j.upload, []byte("\ufeff"))))
	r.Comma = delimiters[j.Delimiter]
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 || len(rows) > maxRows {
		j.State, j.Message = "Failed", "InvalidBatch : the upload is empty, too large or no CSV"
		if err != nil {
			j.Message = "InvalidBatch : " + err.Error()
		}
		return nil
	}
	head := rows[0]
	j.good = [][]string{append([]string{"sf__Id", "sf__Created"}, head...)}
	j.bad = [][]string{append([]string{"sf__Id", "sf__Error"}, head...)}
	j.leftOver = [][]string{head}
	for _, row := range rows[1:] {
		id, created, err := j.one(c, head, row)
		refused, isRefused := errors.AsType[*schema.Error](err)
		if err != nil && !isRefused {
			return err
		}
		j.Processed++
		if isRefused {
			j.Failed++
			j.bad = append(j.bad, append([]string{string(id), fmt.Sprintf("%s:%s:%s --", refused.Code, refused.Message,
				strings.Join(refused.Fields, ","))}, row...))
			continue
		}
		j.good = append(j.good, append([]string{string(id), strconv.FormatBool(created)}, row...))
	}
	j.State = "JobComplete"
	return nil
}

// unreadable says why an upload is no text of rows, as far as that can be told without reading them; "" for nothing.
func unreadable(upload []byte) string {
	switch {
	case !utf8.Valid(upload) || bytes.IndexByte(upload, 0) >= 0:
		return "InvalidBatch : the upload is not in UTF-8"
	case bytes.IndexByte(upload, '\n') < 0 && bytes.IndexByte(upload, '\r') >= 0:
		return "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF"
	}
	return ""
}

// one writes one row: an empty cell says nothing, #N/A empties the field.
func (j *job) one(c call, head, row []string) (id schema.RecordID, created bool, err error) {
	values := records.Values{}
	external := ""
	for i, name := range head {
		value := row[i]
		switch {
		case strings.EqualFold(name, "Id"):
			id = schema.RecordID(value)
		case j.Operation == "upsert" && strings.EqualFold(name, j.External):
			external = value
		case value == "#N/A":
			values[name] = nil
		case value != "":
			values[name] = value
		}
	}
	switch j.Operation {
	case "insert":
		id, err = c.Actor.Create(c.Context(), j.Object, values)
		return id, err == nil, err
	case "update":
		return id, false, c.Actor.Update(c.Context(), j.Object, id, values, "")
	case "delete":
		return id, false, c.Actor.Delete(c.Context(), j.Object, id)
	}
	if strings.EqualFold(j.External, "Id") {
		external = string(id)
	}
	if external == "" {
		return "", false, &schema.Error{Code: "MISSING_ARGUMENT", Message: j.External + " not specified"}
	}
	return c.Actor.Upsert(c.Context(), j.Object, j.External, external, values)
}
