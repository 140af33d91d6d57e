package records

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const (
	batch       = 2000
	leastBatch  = 200
	maxOffset   = 2000
	maxCursors  = 1000
	maxSubRows  = 2000
	maxPathStep = 6
)

// cursor is a query that has more pages.
type cursor struct {
	query  *soql.Query
	user   schema.RecordID
	system bool
	total  int
	all    bool
}

// Query runs SOQL with the user's rights. all includes records in the recycle bin.
func (a *Access) Query(ctx context.Context, text string, all bool) (Result, error) {
	q, err := soql.Parse(text)
	if err != nil {
		return Result{}, schema.Fail(400, "MALFORMED_QUERY", "%s", err)
	}
	return a.page(ctx, q, 0, all)
}

// QueryMore gives the next page of a query of this user.
func (a *Access) QueryMore(ctx context.Context, locator string) (Result, error) {
	key, at, found := strings.Cut(locator, "-")
	offset, err := strconv.Atoi(at)
	a.Store.mu.Lock()
	c, known := a.Store.cursors[key]
	a.Store.mu.Unlock()
	if !found || err != nil || !known || c.user != a.Who() || offset < 0 || offset > c.total {
		return Result{}, schema.Fail(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
	}
	return a.page(ctx, c.query, offset, c.all)
}

func (a *Access) page(ctx context.Context, q *soql.Query, from int, all bool) (Result, error) {
	o, err := a.object(q.From)
	if err != nil {
		return Result{}, err
	}
	if q.Offset > maxOffset {
		return Result{}, schema.Fail(400, "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is %d", maxOffset)
	}
	c := &compiler{access: a, object: o, all: all, now: a.Store.Now().UTC()}
	if len(q.Fields) == 1 && q.Fields[0].Expr.Func == "COUNT" && len(q.Fields[0].Expr.Path) == 0 && len(q.GroupBy) == 0 {
		statement, args, err := c.count(q)
		if err != nil {
			return Result{}, err
		}
		n := 0
		err = a.DB().QueryRowContext(ctx, statement, args...).Scan(&n)
		return Result{TotalSize: n, Done: true}, err
	}
	statement, args, plan, err := c.selectAll(q)
	if err != nil {
		return Result{}, err
	}
	want := cmp.Or(a.paged, batch)
	if q.Limit != nil {
		want = min(want, max(0, *q.Limit-from))
	}
	records, err := a.rows(ctx, statement, append(args, want+1, q.Offset+from), plan, o)
	if err != nil {
		return Result{}, err
	}
	more := len(records) > want
	if more {
		records = records[:want]
	}
	result := Result{TotalSize: from + len(records), Done: true, Records: records, at: a.at}
	if more && (q.Limit == nil || from+want < *q.Limit) {
		if result.TotalSize, err = a.total(ctx, c, q); err != nil {
			return Result{}, err
		}
		result.Done = false
		result.Locator = fmt.Sprintf("%s-%d", a.remember(q, result.TotalSize, all), from+want)
	}
	if q.For == "VIEW" || q.For == "REFERENCE" {
		for _, r := range records {
			if err := a.touch(ctx, o, r.key()); err != nil {
				return Result{}, err
			}
		}
	}
	return result, a.children(ctx, q, o, records, all)
}

func (a *Access) total(ctx context.Context, c *compiler, q *soql.Query) (int, error) {
	statement, args, err := c.count(q)
	if err != nil {
		return 0, err
	}
	n := 0
	err = a.DB().QueryRowContext(ctx, statement, args...).Scan(&n)
	if q.Limit != nil {
		n = min(n, *q.Limit)
	}
	return n, err
}

// remember keeps a query for its next page; the oldest thousand are kept.
func (a *Access) remember(q *soql.Query, total int, all bool) string {
	key := "01g" + string(a.Store.NewID("01g"))[3:15]
	a.Store.mu.Lock()
	defer a.Store.mu.Unlock()
	if len(a.Store.cursors) >= maxCursors {
		for old := range a.Store.cursors {
			delete(a.Store.cursors, old)
			break
		}
	}
	a.Store.cursors[key] = cursor{q, a.Who(), a.Unlimited(), total, all}
	return key
}

// selected is one column of a result: where its value goes in the record.
type selected struct {
	path  []string // relationship names, then the field
	field schema.Field
	types []string // object at each relationship of the path
	alias string   // of an aggregate
}

func (a *Access) rows(ctx context.Context, statement string, args []any, plan []selected, o schema.Object) ([]Record, error) {
	rows, err := a.DB().QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	defer rows.Close()
	var records []Record
	values, into := make([]any, len(plan)), make([]any, len(plan))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		records = append(records, build(plan, values, o.Name, a.at))
	}
	return records, rows.Err()
}

// build puts flat columns into a record with its parents.
func build(plan []selected, values []any, object, at string) Record {
	r := Record{Object: object, at: at}
	for i, s := range plan {
		if s.alias != "" {
			r.Object = "AggregateResult"
			r.Fields = append(r.Fields, FieldValue{s.alias, outward(s.field, values[i])})
			continue
		}
		into := &r
		for depth, name := range s.path[:len(s.path)-1] {
			into = into.parent(name, s.types[depth])
		}
		name, value := s.path[len(s.path)-1], outward(s.field, values[i])
		if name == hiddenID {
			into.id, _ = value.(string)
			continue
		}
		into.Fields = append(into.Fields, FieldValue{name, value})
	}
	r.prune()
	return r
}

func (r *Record) parent(name, object string) *Record {
	for i := range r.Fields {
		if p, ok := r.Fields[i].Value.(*Record); ok && r.Fields[i].Name == name {
			return p
		}
	}
	p := r.Near(object)
	r.Fields = append(r.Fields, FieldValue{name, p})
	return p
}

// hiddenID is the column with a record's id, whether or not it is asked for: addresses need it.
const hiddenID = "\x00id"

// prune turns parents that are not there into null.
func (r *Record) prune() {
	for i, f := range r.Fields {
		p, ok := f.Value.(*Record)
		if !ok {
			continue
		}
		if p.id == "" {
			r.Fields[i].Value = nil
			continue
		}
		p.prune()
	}
}

// children answers the sub-queries of a field list, one query for each parent record.
func (a *Access) children(ctx context.Context, q *soql.Query, o schema.Object, records []Record, all bool) error {
	for _, f := range q.Fields {
		if f.Sub == nil {
			continue
		}
		child, ok := a.childByName(o, f.Sub.From)
		if !ok {
			return schema.Fail(400, "INVALID_TYPE",
				"Didn't understand relationship '%s' in FROM part of query call. If you are attempting to use a custom "+
					"relationship, be sure to append the '__r' after the custom relationship name.", f.Sub.From)
		}
		for i := range records {
			sub := *f.Sub
			sub.From = child.Object
			link := soql.Compare{Expr: soql.Expr{Path: []string{child.Field}}, Op: "=",
				Value: soql.Value{Kind: soql.String, Text: string(records[i].key())}}
			if sub.Where == nil {
				sub.Where = link
			} else {
				sub.Where = soql.And{Parts: []soql.Cond{link, sub.Where}}
			}
			if sub.Limit == nil {
				limit := maxSubRows
				sub.Limit = &limit
			}
			page, err := a.page(ctx, &sub, 0, all)
			if err != nil {
				return err
			}
			var value any
			if len(page.Records) > 0 {
				value = &page
			}
			records[i].Fields = append(records[i].Fields, FieldValue{f.Sub.From, value})
		}
	}
	return nil
}

func (a *Access) childByName(o schema.Object, name string) (schema.Child, bool) {
	name = strings.TrimSuffix(name, "__r")
	for _, c := range a.Children(o.Name) {
		if c.Name != "" && strings.EqualFold(strings.TrimSuffix(c.Name, "__r"), name) {
			return c, true
		}
	}
	return schema.Child{}, false
}

// Get reads one record; no fields means all that the user may read.
func (a *Access) Get(ctx context.Context, object string, id schema.RecordID, fields ...string) (Record, error) {
	o, err := a.object(object)
	if err != nil {
		return Record{}, schema.NotFound()
	}
	full, err := whole(id)
	if err != nil {
		return Record{}, err
	}
	q := &soql.Query{From: o.Name, Where: soql.Compare{Expr: soql.Expr{Path: []string{"Id"}}, Op: "=",
		Value: soql.Value{Kind: soql.String, Text: string(full)}}}
	if len(fields) == 0 {
		for _, f := range o.Fields {
			if a.OnField(o, f).Read {
				q.Fields = append(q.Fields, soql.Field{Expr: soql.Expr{Path: []string{f.Name}}})
			}
		}
	}
	for _, f := range fields {
		q.Fields = append(q.Fields, soql.Field{Expr: soql.Expr{Path: strings.Split(strings.TrimSpace(f), ".")}})
	}
	result, err := a.page(ctx, q, 0, true)
	if err != nil {
		return Record{}, err
	}
	if len(result.Records) == 0 {
		return Record{}, schema.NotFound()
	}
	if deleted, err := a.deleted(ctx, o, full); err != nil || deleted {
		return Record{}, errors.Join(err, schema.Fail(404, "ENTITY_IS_DELETED", "entity is deleted"))
	}
	return result.Records[0], nil
}

func (a *Access) deleted(ctx context.Context, o schema.Object, id schema.RecordID) (bool, error) {
	n := 0
	err := a.DB().QueryRowContext(ctx, `SELECT "IsDeleted" FROM `+schema.Table(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&n)
	return n == 1, err
}

// FirstID is the id of a query's first record, "" for none.
func (a *Access) FirstID(ctx context.Context, soql string) (schema.RecordID, error) {
	found, err := a.Query(ctx, soql, false)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].ID(), nil
}
