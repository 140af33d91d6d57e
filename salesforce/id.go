package salesforce

// shortID is how many characters of a record's id name it; three more tell capitals from small letters where those count as the same.
// Source: Salesforce Help, What is the difference between the 15-character and 18-character record ID.
const shortID = 15

// ShortID is what names a record in an id of 15 or 18 characters; what is shorter stays as it is.
func ShortID(id string) string { return id[:min(len(id), shortID)] }

// SameID says whether two ids, of 15 or 18 characters, are of one record. What is shorter is no id.
func SameID(a, b string) bool {
	return len(a) >= shortID && len(b) >= shortID && a[:shortID] == b[:shortID]
}
