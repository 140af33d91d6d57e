package adapter

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// instanceOf is a contact centre with one user.
type instanceOf struct {
	user  string
	err   error
	asked int
}

func (i *instanceOf) UserExists(_ context.Context, username string) (bool, error) {
	i.asked++
	return username == i.user, i.err
}

func TestAUserOfTheContactCentreIsAskedAboutOnceADay(t *testing.T) {
	clk := clock.NewFake(time.Unix(0, 0))
	centre := &instanceOf{user: "amelia"}
	u := users{centre: centre, clock: clk}
	for range 3 {
		if err := u.check(t.Context(), "amelia"); err != nil || !u.known("amelia") {
			t.Errorf("err %v, known %v", err, u.known("amelia"))
		}
	}
	if centre.asked != 1 {
		t.Errorf("asked %d times", centre.asked)
	}
	clk.Advance(25 * time.Hour)
	if u.known("amelia") {
		t.Error("known for ever")
	}
	if err := u.check(t.Context(), "mallory"); fault.Of(err).Kind != fault.Conflict || !strings.Contains(fault.Of(err).Message, "mallory") {
		t.Errorf("a user who is not there: %v", err)
	}
}

func TestAContactCentreThatDoesNotAnswerRefusesNobody(t *testing.T) {
	u := users{centre: &instanceOf{err: errors.New("away")}, clock: clock.System{}}
	if err := u.check(t.Context(), "amelia"); err != nil || u.known("amelia") {
		t.Errorf("err %v, known %v", err, u.known("amelia"))
	}
	none := users{}
	if err := none.check(t.Context(), "amelia"); err != nil || !none.known("amelia") {
		t.Errorf("without one: %v", err)
	}
}
