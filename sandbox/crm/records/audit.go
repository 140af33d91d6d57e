package records

import (
	"context"
	"fmt"
)

// Audit writes one entry of the setup audit trail in the user's transaction: the platform's action name, the section of Setup, and the
// sentence that administrators read.
func (a *Access) Audit(ctx context.Context, action, section, sentence string, args ...any) error {
	display := fmt.Sprintf(sentence, args...)
	if cut := []rune(display); len(cut) > 1000 {
		display = string(cut[:1000])
	}
	_, err := a.Unbound().Create(ctx, "SetupAuditTrail", Values{"Action": action, "Section": section, "Display": display})
	return err
}
