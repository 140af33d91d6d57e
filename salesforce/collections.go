package salesforce

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// MaxRows is how many records one request may write. Source: REST API developer guide, sObject Collections.
const MaxRows = 200

// RowAnswer is what became of one record of many.
type RowAnswer struct {
	ID      string
	Created bool
	Err     *Error // nil if it was written; its Status is 400
}

type rowOut struct {
	ID      string `json:"id"`
	Success bool   `json:"success"`
	Created bool   `json:"created"`
	Errors  []struct {
		Code    string   `json:"statusCode"`
		Message string   `json:"message"`
		Fields  []string `json:"fields"`
	} `json:"errors"`
}

// UpsertMany creates or updates the records whose external id field has the value that each row gives, at most MaxRows. A row that is
// refused keeps no other from being written.
func (c *Client) UpsertMany(ctx context.Context, object, field string, rows []Values) ([]RowAnswer, error) {
	records := make([]Values, len(rows))
	for i, row := range rows {
		records[i] = Values{"attributes": map[string]string{"type": object}}
		maps.Copy(records[i], row)
	}
	path := "/composite/sobjects/" + url.PathEscape(object) + "/" + url.PathEscape(field)
	return c.rows(ctx, http.MethodPatch, path, len(rows), map[string]any{"allOrNone": false, "records": records})
}

// DeleteMany moves records to the recycle bin, at most MaxRows.
func (c *Client) DeleteMany(ctx context.Context, ids []string) ([]RowAnswer, error) {
	path := "/composite/sobjects" + query(map[string]string{"ids": strings.Join(ids, ","), "allOrNone": "false"})
	return c.rows(ctx, http.MethodDelete, path, len(ids), nil)
}

// rows sends one request for many records. It may be repeated freely: a second one finds what the first one did.
func (c *Client) rows(ctx context.Context, method, path string, n int, in any) ([]RowAnswer, error) {
	if n == 0 {
		return nil, nil
	}
	if n > MaxRows {
		return nil, fmt.Errorf("%s %s: %d records", method, pathOnly(path), n)
	}
	r := request{method: method, path: dataPath + path, repeatable: true}
	if in != nil {
		var err error
		if r.body, err = json.Marshal(in); err != nil {
			return nil, err
		}
		r.kind = jsonKind
	}
	var out []rowOut
	if err := c.send(ctx, r, &out); err != nil {
		return nil, err
	}
	if len(out) != n {
		return nil, fmt.Errorf("%s %s: %d answers to %d records", method, pathOnly(path), len(out), n)
	}
	answers := make([]RowAnswer, n)
	for i, one := range out {
		answers[i] = RowAnswer{ID: one.ID, Created: one.Created}
		if !one.Success {
			failed := &Error{Status: http.StatusBadRequest, Code: "UNKNOWN_EXCEPTION", Request: method + " " + pathOnly(path)}
			if len(one.Errors) > 0 {
				failed.Code, failed.Message, failed.Fields = one.Errors[0].Code, one.Errors[0].Message, one.Errors[0].Fields
			}
			answers[i].Err = failed
		}
	}
	return answers, nil
}
