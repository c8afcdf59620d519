package authz

default allow := false

allow if {
	some role in roles
	some grant in data.grants[role]
	grant.action == input.action
	glob.match(grant.path, ["/"], input.path)
}

roles contains role if some role in data.users[input.user].roles

roles contains inherited if {
	some role in data.users[input.user].roles
	some inherited in data.parents[role]
}

reason := "granted by role" if allow

else := "unknown user" if not data.users[input.user]

else := "no grant"
