user-tests += faults
user-tests += fpu
user-tests += sh_builtin
user-tests += sh_control
user-tests += sh_redirect
user-tests += sh_words
user-tests += signal_frame
user-tests += tls
