package lightning

import (
	"context"
	"errors"
	"net/http"
	"regexp"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// asked is one request of the page: who asks, and with which rights.
type asked struct {
	*http.Request
	user  User
	actor Actor
}

// admit reads who asks. A session whose user is gone is refused as the org does.
func (s *server) admit(ctx context.Context, r *http.Request, id crm.RecordID) (asked, error) {
	user, err := s.cfg.Data.User(ctx, string(id))
	if err != nil {
		return asked{}, err
	}
	actor, err := s.cfg.Data.As(ctx, string(id))
	return asked{r, user, actor}, err
}

var (
	objectName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)
	recordID   = regexp.MustCompile(`^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$`)
)

// object is the one that the address names, as the user may see it.
func (r asked) object(ctx context.Context) (Object, error) {
	return r.objectNamed(ctx, r.PathValue("object"))
}

func (r asked) objectNamed(ctx context.Context, name string) (Object, error) {
	if !objectName.MatchString(name) {
		return Object{}, edge.ErrUnreadable
	}
	o, err := r.actor.Object(ctx, name)
	if refusal, ok := errors.AsType[*crm.Error](err); ok && refusal.Code == "NOT_FOUND" {
		return Object{}, edge.Refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You don't have access to this record. Ask your administrator for help or to request access.")
	}
	return o, err
}

// record is the object and the record that the address names; the record may be gone.
func (r asked) record(ctx context.Context) (Object, string, error) {
	o, err := r.object(ctx)
	if err != nil {
		return Object{}, "", err
	}
	id := r.PathValue("id")
	if !recordID.MatchString(id) {
		return Object{}, "", edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This record isn't available; it may have been deleted.")
	}
	return o, id, nil
}

func (s *server) nothing(context.Context, asked) (struct{}, error) {
	return struct{}{}, edge.ErrNoPage
}
