package records

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Access is the records as one user may read and write them, by rights that were asked for once. It is bound to one request.
type Access struct {
	rights.Rights
	Store *Store
	tx    *Tx    // set inside a transaction
	paged int    // most of a page of a query; 0 is batch
	at    string // path of the API that it uses, which addresses of records begin with; "" is the newest
}

// As is access with these rights, outside of a transaction: each write counts by itself.
func (s *Store) As(r rights.Rights) *Access { return &Access{Rights: r, Store: s} }

// Unbound is the same access for the same user, without limits of rights.
func (a *Access) Unbound() *Access {
	free := *a
	free.Rights = rights.All(a.Who())
	return &free
}

// Through is access by an API: its path with its version, such as /services/data/v60.0.
func (a *Access) Through(api string) *Access {
	through := *a
	through.at = api
	return &through
}

// Paging is access with pages of so many rows, within the platform's bounds. Source: REST API developer guide, Query Options Header.
func (a *Access) Paging(rows int) *Access {
	paging := *a
	paging.paged = min(max(rows, leastBatch), batch)
	return &paging
}

// Record is an empty record of an object that may be no sObject, as one that the user has read.
func (a *Access) Record(object string) Record { return Record{Object: object, at: a.at} }

// TabVisible says whether the tab of an object is shown to the user.
func (a *Access) TabVisible(object string) bool {
	o, ok := a.Schema().Object(object)
	return ok && a.Rights.TabVisible(o)
}

// Schema is all metadata as the transaction has it.
func (a *Access) Schema() schema.Schema {
	if a.tx != nil {
		return a.tx.schema
	}
	return a.Store.Schema()
}

// DB is the transaction, or the database for reading.
func (a *Access) DB() Querier {
	if a.tx != nil {
		return a.tx.DB
	}
	return a.Store.read
}

// Writing runs f in the transaction, or in one of its own.
func (a *Access) Writing(ctx context.Context, f func(*Tx) error) error {
	if a.tx != nil {
		return f(a.tx)
	}
	return a.Store.Write(ctx, f)
}

// object finds an object that the user may read.
func (a *Access) object(name string) (schema.Object, error) {
	o, ok := a.Schema().Object(name)
	if !ok || !a.On(o).Read {
		return schema.Object{}, schema.NoObject(name)
	}
	return o, nil
}

// visible finds a field that the user may read.
func (a *Access) visible(o schema.Object, name string) (schema.Field, bool) {
	f, ok := o.Field(name)
	return f, ok && a.OnField(o, f).Read
}
