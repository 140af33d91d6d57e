package lightning

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// asked is one request of the page: who asks, and with which rights.
type asked = edge.Asked

var (
	objectName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)
	recordID   = regexp.MustCompile(`^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$`)
)

// described is an object as the user may see it; NOT_FOUND for none.
func described(r asked, name string) (object, error) {
	d, err := r.Actor.Describe(name)
	return object{d}, err
}

// objectsOf are all objects that the user may see.
func objectsOf(r asked) []object {
	var all []object
	for _, d := range r.Actor.DescribeAll() {
		all = append(all, object{d})
	}
	return all
}

// addressed is the object that the address names.
func addressed(r asked) (object, error) {
	name := r.PathValue("object")
	if !objectName.MatchString(name) {
		return object{}, edge.ErrUnreadable
	}
	o, err := described(r, name)
	if refusal, ok := errors.AsType[*schema.Error](err); ok && refusal.Code == "NOT_FOUND" {
		return object{}, edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS",
			"You don't have access to this record. Ask your administrator for help or to request access.")
	}
	return o, err
}

// addressedRecord is the object and the record that the address names; the record may be gone.
func addressedRecord(r asked) (object, schema.RecordID, error) {
	o, err := addressed(r)
	if err != nil {
		return object{}, "", err
	}
	if !recordID.MatchString(r.PathValue("id")) {
		return object{}, "", edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This record isn't available; it may have been deleted.")
	}
	return o, r.ID(), nil
}

func query(ctx context.Context, r asked, soql string) ([]records.Record, error) {
	found, err := r.Actor.Query(ctx, soql, false)
	return found.Records, err
}

// zoneOf is the user's time zone; UTC where it is not known here.
func zoneOf(u people.User) *time.Location {
	zone, err := time.LoadLocation(u.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

func (s *server) nothing(context.Context, asked) (struct{}, error) {
	return struct{}{}, edge.ErrNoPage
}
