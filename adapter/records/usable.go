package records

// Usable lists the adapters that were read and can be used, in no order.
func (r *Reader) Usable() []Adapter {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []Adapter
	for _, e := range r.adapters {
		e.mu.Lock()
		if !e.read.IsZero() && e.err == nil {
			all = append(all, e.adapter)
		}
		e.mu.Unlock()
	}
	return all
}

// CallCenterOf is the internal name of the call centre that a user is known to be in, without asking anybody; "" for one who was never
// looked for.
func (r *Reader) CallCenterOf(userID string) string {
	name, _ := r.members.remembered(userID)
	return name
}
