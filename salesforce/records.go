package salesforce

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// Values are fields of a record to write: API name to a JSON value; nil empties the field.
type Values map[string]any

// queryResult is one page of GET /query. Source: REST API developer guide, query.
type queryResult struct {
	Done    bool              `json:"done"`
	Total   int               `json:"totalSize"`
	Next    string            `json:"nextRecordsUrl"`
	Records []json.RawMessage `json:"records"`
}

const maxPages = 50

// QueryFirst runs SOQL and decodes its first records, at most as many as are wanted and as a page of the answer has; total is how many
// there are.
func QueryFirst[T any](ctx context.Context, c *Client, soql string, most int) (records []T, total int, err error) {
	var page queryResult
	path := dataPath + "/query" + query(map[string]string{"q": soql})
	if err := c.send(ctx, request{method: http.MethodGet, path: path}, &page); err != nil {
		return nil, 0, err
	}
	for _, raw := range page.Records[:min(most, len(page.Records))] {
		var record T
		if err := json.Unmarshal(raw, &record); err != nil {
			return nil, 0, fmt.Errorf("query: %w", err)
		}
		records = append(records, record)
	}
	return records, max(page.Total, len(page.Records)), nil
}

// Query runs SOQL and decodes all its records. Put values into it with Quote only.
func Query[T any](ctx context.Context, c *Client, soql string) ([]T, error) {
	return queryAt[T](ctx, c, "/query", soql)
}

// QueryAll is Query with what lies in the recycle bin.
func QueryAll[T any](ctx context.Context, c *Client, soql string) ([]T, error) {
	return queryAt[T](ctx, c, "/queryAll", soql)
}

func queryAt[T any](ctx context.Context, c *Client, resource, soql string) ([]T, error) {
	var records []T
	path := dataPath + resource + query(map[string]string{"q": soql})
	for range maxPages {
		var page queryResult
		if err := c.send(ctx, request{method: http.MethodGet, path: path}, &page); err != nil {
			return nil, err
		}
		for _, raw := range page.Records {
			var record T
			if err := json.Unmarshal(raw, &record); err != nil {
				return nil, fmt.Errorf("query: %w", err)
			}
			records = append(records, record)
		}
		if page.Done || page.Next == "" {
			return records, nil
		}
		path = page.Next
	}
	return nil, fmt.Errorf("query: more than %d pages", maxPages)
}

// Quote makes a SOQL string literal. Source: SOQL and SOSL reference, quoted string escape sequences.
func Quote(text string) string {
	return "'" + escapes.Replace(text) + "'"
}

var escapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`)

func recordPath(object, id string) string {
	return "/sobjects/" + url.PathEscape(object) + "/" + url.PathEscape(id)
}

// Get reads fields of one record into out. Error code NOT_FOUND if there is none, or none this user may see.
func (c *Client) Get(ctx context.Context, object, id string, fields []string, out any) error {
	return c.call(ctx, http.MethodGet, recordPath(object, id)+query(map[string]string{"fields": strings.Join(fields, ",")}), nil, out)
}

// Create inserts a record and returns its id.
func (c *Client) Create(ctx context.Context, object string, values Values) (string, error) {
	var created struct {
		ID string `json:"id"`
	}
	err := c.call(ctx, http.MethodPost, "/sobjects/"+url.PathEscape(object), values, &created)
	return created.ID, err
}

// Update changes fields of a record.
func (c *Client) Update(ctx context.Context, object, id string, values Values) error {
	return c.call(ctx, http.MethodPatch, recordPath(object, id), values, nil)
}

// Upsert creates or updates the record whose external id field has this value.
func (c *Client) Upsert(ctx context.Context, object, field, value string, values Values) error {
	return c.call(ctx, http.MethodPatch, recordPath(object, field)+"/"+url.PathEscape(value), values, nil)
}

// Delete moves a record to the recycle bin.
func (c *Client) Delete(ctx context.Context, object, id string) error {
	return c.call(ctx, http.MethodDelete, recordPath(object, id), nil, nil)
}

// Describe decodes an object's description into out.
func (c *Client) Describe(ctx context.Context, object string, out any) error {
	return c.call(ctx, http.MethodGet, "/sobjects/"+url.PathEscape(object)+"/describe", nil, out)
}

// Self is the id of the user whose session it is. Source: REST API developer guide, resources by version.
func (c *Client) Self(ctx context.Context) (string, error) {
	if id := c.Session().UserID; id != "" {
		return id, nil
	}
	var resources struct {
		Identity string `json:"identity"` // BASE/id/ORG/USER
	}
	if err := c.call(ctx, http.MethodGet, "", nil, &resources); err != nil {
		return "", err
	}
	return path.Base(resources.Identity), nil
}

// Search runs SOSL and gives the answer as it is: {searchRecords: [{attributes: {type}, …}]}. Source: REST API developer guide, Search.
func (c *Client) Search(ctx context.Context, sosl string) (json.RawMessage, error) {
	var answer json.RawMessage
	err := c.call(ctx, http.MethodGet, "/search"+query(map[string]string{"q": sosl}), nil, &answer)
	return answer, err
}
