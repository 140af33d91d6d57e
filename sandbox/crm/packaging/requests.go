package packaging

// Requests lists the installations that are remembered, oldest first.
func (s *Store) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Request, 0, len(s.order))
	for _, id := range s.order {
		all = append(all, s.look(s.requests[id]))
	}
	return all
}

// PackageID is the id of the package whatever its version, 033….
func (l Listing) PackageID() string { return l.packageID() }
