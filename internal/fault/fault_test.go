package fault

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	cause := errors.New("dial tcp: refused")
	wrapped := fmt.Errorf("pop: %w", New(Unavailable, cause, "The CRM does not answer; try again in a minute."))
	if f := Of(wrapped); f.Kind != Unavailable || !errors.Is(f, cause) {
		t.Errorf("Of(wrapped) = %+v", f)
	}
	if f := Of(cause); f.Kind != Internal || strings.Contains(f.Message, "refused") {
		t.Errorf("an unknown error reaches people as %q (%s)", f.Message, f.Kind)
	}
}
