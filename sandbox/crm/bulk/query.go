package bulk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// createQuery runs a query and keeps its rows.
func (s *server) createQuery(c call) (answer, error) {
	var in struct {
		Operation  string `json:"operation"`
		Query      string `json:"query"`
		LineEnding string `json:"lineEnding"`
		Delimiter  string `json:"columnDelimiter"`
	}
	if err := json.Unmarshal(c.Body, &in); err != nil {
		return answer{}, refuse("JSON_PARSER_ERROR", "expected an object")
	}
	j := &job{Operation: in.Operation, LineEnding: in.LineEnding, Delimiter: in.Delimiter, Kind: "V2Query", query: true,
		State: "UploadComplete"}
	if err := j.form(); err != nil {
		return answer{}, err
	}
	if in.Operation != "query" && in.Operation != "queryAll" {
		return answer{}, refuse("INVALIDJOB", "operation : "+in.Operation+" is not supported")
	}
	q, err := soql.Parse(in.Query)
	if err != nil {
		return answer{}, refuse("MALFORMED_QUERY", err.Error())
	}
	j.Object = q.From
	var paths []string
	for _, f := range q.Fields {
		if f.Sub != nil || f.Expr.Func != "" {
			return answer{}, refuse("INVALIDJOB", "aggregate functions and nested queries are not supported by the Bulk API")
		}
		paths = append(paths, strings.Join(f.Expr.Path, "."))
	}
	j.rows = [][]string{paths}
	page, err := c.Actor.Query(c.Context(), in.Query, in.Operation == "queryAll")
	for {
		if err != nil {
			return answer{}, err
		}
		for _, r := range page.Records {
			j.rows = append(j.rows, cells(r, paths))
		}
		if len(j.rows) > maxRows {
			return answer{}, refuse("EXCEEDED_MAX_SIZE_REQUEST", fmt.Sprintf("a job may have %d records at most here", maxRows))
		}
		if page.Locator == "" {
			break
		}
		page, err = c.Actor.QueryMore(c.Context(), page.Locator)
	}
	out := s.add(c, j)
	s.mu.Lock() // told as it was begun; from now on it is done
	j.State, j.Processed = "JobComplete", len(j.rows)-1
	s.mu.Unlock()
	return out, nil
}

func cells(r records.Record, paths []string) []string {
	row := make([]string, len(paths))
	for i, p := range paths {
		at := r
		names := strings.Split(p, ".")
		for _, name := range names[:len(names)-1] {
			parent, _ := at.Get(name).(*records.Record)
			if parent == nil {
				parent = &records.Record{}
			}
			at = *parent
		}
		if v := at.Get(names[len(names)-1]); v != nil {
			row[i] = fmt.Sprint(v)
			if f, isFloat := v.(float64); isFloat {
				row[i] = strconv.FormatFloat(f, 'f', -1, 64)
			}
		}
	}
	return row
}

// results gives a query's rows; the locator is the number of the first row.
func (s *server) results(c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.mine(c)
	if err != nil {
		return answer{}, err
	}
	from, most := 0, maxRows
	for name, into := range map[string]*int{"locator": &from, "maxRecords": &most} {
		if text := c.URL.Query().Get(name); text != "" && text != "null" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 {
				return answer{}, refuse("INVALID_PARAMETER", name+" is not valid")
			}
			*into = n
		}
	}
	rows := j.rows[1:]
	from = min(from, len(rows))
	to := min(len(rows), from+max(1, most))
	locator := "null"
	if to < len(rows) {
		locator = strconv.Itoa(to)
	}
	body, err := j.write(append([][]string{j.rows[0]}, rows[from:to]...))
	return answer{Status: http.StatusOK, CSV: body, Header: map[string]string{"Sforce-Locator": locator,
		"Sforce-NumberOfRecords": strconv.Itoa(to - from)}}, err
}
