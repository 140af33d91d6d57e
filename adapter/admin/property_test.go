package admin

import (
	"net/http"
	"testing"

	"github.com/patchcord/patchcord/adapter/store"
)

// What flows have kept of a person goes with the person, wherever it stands.
func TestForgetErasesProperties(t *testing.T) {
	d := newDesk(t)
	d.do(func(tx *store.Tx) error {
		for key, value := range map[string]string{"number": `"(206) 555-0142"`, "list": `{"a":["+12065550142"]}`, "+12065550142": `1`,
			"other": `"+12065550199"`} {
			p := store.Property{Leg: store.Leg{User: amelia}, Key: key, Value: []byte(value), At: nine}
			if err := tx.Kept().Put(p); err != nil {
				return err
			}
		}
		return nil
	})
	d.signIn(ada).post("forget", `{"number":"+1 (206) 555-0142"}`, http.StatusOK, nil)
	d.do(func(tx *store.Tx) error {
		left, err := tx.Kept().Of(store.Leg{User: amelia})
		if len(left) != 1 || left[0].Key != "other" {
			t.Errorf("left %+v", left)
		}
		return err
	})
}
